import { parseObjectKey } from "../../cloudtrail/index.ts";
import { coverageOf, judgeNamed, judgeUnnamed } from "../files/judge-log-file.ts";
import type { Coverage } from "../files/seen-log-file.ts";
import { graceMs, usualPaceMs } from "../keeping/options.ts";
import { dayOfFolder, nameOf, type NamedObject, placeOf, placeOfName } from "../names.ts";
import type { Lane, PlaceObject } from "../place.ts";
import type { Gap, LogVerdict } from "../verdict.ts";
import type { AuditedChain, AuditParts } from "./audit-lane.ts";
import type { Claims } from "./claims.ts";
import type { NameSet } from "./name-set.ts";
import type { AuditStep } from "./report.ts";

interface Unnamed {
  readonly parts: AuditParts;
  readonly audited: readonly AuditedChain[];
  readonly named: NameSet;
  readonly claims: Claims;
}

const minuteMs = 60_000;
const nothing: Coverage = { spans: [], holes: [], nextDueAt: undefined, paceMs: usualPaceMs, kinds: new Set() };

/** Judges the log files of a lane that no valid digest names, without reading them. */
export async function* auditUnnamed(lane: Lane, unnamed: Unnamed): AsyncGenerator<AuditStep, void, undefined> {
  const { parts, audited, named, claims } = unnamed;
  const { place, from, to, ask, signal } = parts;
  const coverages = coveragesOf(audited, parts);
  const now = standsStill(parts) ? Infinity : parts.now();
  // One trail alone says nothing of what the others deliver.
  const isOneTrail = ask.trailName !== undefined || ask.homeRegion !== undefined;
  let newest: { readonly at: number; readonly place: string } | undefined;
  for await (const object of place.list("log-files", { from, to, lane }, signal)) {
    const name = nameOf(object);
    if (named.has(name)) continue;
    const file = readUnnamed(object);
    if (file === undefined || file.at < from - (file.isOfDay ? dayMs : 0) || file.at > to) continue;
    const where = placeOf(file.object) ?? "";
    const verdict = judgeUnnamed({ deliveredAt: file.at, kind: file.kind }, coverages.get(where) ?? nothing, now);
    const claim = claims.take(name);
    if (isOneTrail && claim === undefined) continue;
    // Who breaks a digest can write names into it, but the time that it is broken for is a hole anyway.
    const told =
      claim === undefined || verdict.kind === "undeclared"
        ? withDigest(verdict, file.at, audited)
        : verdictOfClaim(claim, name);
    if (file.kind === "log" && told.kind === "unproven" && file.at > (newest?.at ?? 0)) {
      newest = { at: file.at, place: where };
    }
    yield { kind: "log-file", chain: claim?.chain, file: { name, verdict: told, sha256: "" } };
  }
  for (const [name, claim] of claims.left()) {
    // A valid digest has the say on what it names.
    if (named.has(name)) continue;
    yield { kind: "log-file", chain: claim.chain, file: { name, verdict: verdictOfClaim(claim, name), sha256: "" } };
  }
  if (standsStill(parts) && newest !== undefined) yield* tailOf(audited, newest);
}

const dayMs = 86_400_000;

/** Whether nothing more is expected: of a copy, and of a span that ended long ago. */
export function standsStill({ place, to, now }: Pick<AuditParts, "place" | "to" | "now">): boolean {
  return place.isCopy === true || to < now() - dayMs;
}

/** Names the digest that should speak for a log file, and is missing or worth nothing. */
function withDigest(verdict: LogVerdict, at: number, audited: readonly AuditedChain[]): LogVerdict {
  const kinds: Readonly<Record<string, string>> = {
    "digest-missing": "missing",
    "digest-broken": "broken",
    "digest-unproven": "unproven",
  };
  const wanted = kinds[verdict.reason];
  if (wanted === undefined || verdict.digest !== "") return verdict;
  for (const { read, judgement } of audited) {
    const paceMs = judgement.anchor?.paceMs ?? usualPaceMs;
    const found = judgement.digests.find(
      ({ verdict: own, endsAt }) => own.kind === wanted && endsAt > at && endsAt - at <= paceMs,
    );
    if (found !== undefined && !read.chain.isBackfill) return { ...verdict, digest: found.name };
  }
  return verdict;
}

function verdictOfClaim({ named, judged }: NonNullable<ReturnType<Claims["take"]>>, name: string): LogVerdict {
  return judgeNamed({ ...named, name }, judged, "not-selected");
}

interface UnnamedFile {
  readonly object: NamedObject;
  readonly kind: string;
  readonly at: number;
  /** Its name tells no time, its folder the day. */
  readonly isOfDay: boolean;
}

/** Nothing for what is not CloudTrail's. */
function readUnnamed({ bucket, key }: PlaceObject): UnnamedFile | undefined {
  const parsed = parseObjectKey(key);
  if (!parsed.ok) return undefined;
  const read = parsed.key;
  const at = read.deliveredAt ?? dayOfFolder(read);
  if (at === undefined) return undefined;
  return { object: { bucket, key, read }, kind: read.kind, at, isOfDay: read.deliveredAt === undefined };
}

/** What digests cover, place by place: another bucket or prefix has digests of its own. */
function coveragesOf(audited: readonly AuditedChain[], parts: AuditParts): ReadonlyMap<string, Coverage> {
  const usual = audited.filter(({ read }) => !read.chain.isBackfill);
  const places = new Set(usual.flatMap(({ judgement }) => judgement.digests.map(({ name }) => placeOfName(name))));
  return new Map(
    [...places].map((where) => {
      const here = usual
        .map(({ judgement }) => ({
          ...judgement,
          digests: judgement.digests.filter(({ name }) => placeOfName(name) === where),
        }))
        .filter(({ digests }) => digests.length > 0);
      return [where, coverageOf(here, standsStill(parts) ? undefined : { now: parts.now(), graceMs })];
    }),
  );
}

/**
 * In a copy nothing says when the next digest is due, but log files behind the newest one do: it was deleted, or the copy
 * was made before it came.
 */
function* tailOf(
  audited: readonly AuditedChain[],
  newest: { readonly at: number; readonly place: string },
): Generator<AuditStep> {
  for (const { read, judgement } of audited) {
    const last = judgement.digests.findLast(({ name }) => placeOfName(name) === newest.place);
    if (read.chain.isBackfill || last === undefined || last.endsAt >= newest.at + minuteMs) continue;
    const [from, to] = [last.endsAt, newest.at + minuteMs];
    const paceMs = judgement.anchor?.paceMs ?? usualPaceMs;
    const gap: Gap = {
      ...{ kind: "tail", from, to, before: last.name, after: "" },
      digestsMissing: Math.max(1, Math.ceil((to - from) / paceMs)),
    };
    yield { kind: "gap", chain: read.chain, gap };
  }
}

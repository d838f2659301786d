import { chainId, chainOfKey, type DigestChain, type DigestLogFile, parseObjectKey } from "../../cloudtrail/index.ts";
import { judgeChain } from "../chain/judge-chain.ts";
import type { ChainJudgement, HeadExpectation, JudgedDigest } from "../chain/chain-judgement.ts";
import type { DigestObject } from "../digests/digest-object.ts";
import { judgeNamed } from "../files/judge-log-file.ts";
import { graceMs } from "../keeping/options.ts";
import { nameOf, nameOfLogFile } from "../names.ts";
import { endOf } from "../trail-state.ts";
import type { Lane, PlaceObject, VerifyPlace } from "../place.ts";
import { auditUnnamed, standsStill } from "./audit-unnamed.ts";
import { Claims } from "./claims.ts";
import { inOrder } from "./in-order.ts";
import type { KeyRing } from "./key-ring.ts";
import { NameSet } from "./name-set.ts";
import { readChain, type ReadChain } from "./read-chain.ts";
import type { AuditAsk, AuditedFile, AuditStep } from "./report.ts";
import type { Seeing } from "./seeing.ts";

/** What the parts of an audit share. */
export interface AuditParts {
  readonly place: VerifyPlace;
  readonly ask: AuditAsk;
  readonly from: number;
  readonly to: number;
  readonly ring: KeyRing;
  readonly seeing: Seeing;
  readonly now: () => number;
  readonly filesAtOnce: number;
  readonly signal: AbortSignal;
}

export interface LaneParts extends AuditParts {
  /** How far the lanes before it came. */
  readonly progress: { readonly done: number; readonly total: number };
}

/** A chain with what was said of it. */
export interface AuditedChain {
  readonly read: ReadChain;
  readonly judgement: ChainJudgement;
}

const hourMs = 3_600_000;
/** Digests behind a span speak for its last log files too, two windows long; sandboxes have shorter ones. */
export const behindMs = 4 * hourMs;
const filesToProgress = 100;

/** Judges the chains of an account and region one after the other, and then what lies there and none of them names. */
export async function* auditLane(lane: Lane, parts: LaneParts): AsyncGenerator<AuditStep, void, undefined> {
  const { place, from, signal } = parts;
  const chains = await listChains(lane, parts);
  const [named, claims] = [new NameSet(), new Claims()];
  const audited: AuditedChain[] = [];
  let { done, total } = parts.progress;
  for (const { chain, listed } of chains) {
    yield { kind: "chain", chain };
    const read = await readChain(chain, listed, { place, atOnce: parts.filesAtOnce, signal, from });
    await parts.ring.askFor(chain, read.objects, signal);
    const judgement = judgeChain({
      ...{ chain, digests: read.objects, keys: parts.ring.book, from, ...(await headOf(parts, read)) },
      ...(read.buckets === undefined ? {} : { buckets: read.buckets }),
    });
    audited.push({ read, judgement });
    total += read.named;
    for await (const step of inOrder(itemsOf(read, judgement, { parts, named, claims }), parts.filesAtOnce, (item) =>
      stepOf(item, parts),
    )) {
      yield step;
      if (step.kind === "log-file" && ++done % filesToProgress === 0) yield { kind: "progress", done, total };
    }
    for (const gap of judgement.gaps) if (gap.to > from && gap.from < parts.to) yield { kind: "gap", chain, gap };
  }
  yield* auditUnnamed(lane, { parts, audited, named, claims });
  yield { kind: "progress", done, total };
}

/** The chains of a lane with their digests' keys, those of late files last. */
export async function listChains(
  lane: Lane,
  { place, ask, from, to, signal }: AuditParts,
): Promise<readonly { readonly chain: DigestChain; readonly listed: readonly PlaceObject[] }[]> {
  const chains = new Map<string, { readonly chain: DigestChain; readonly listed: PlaceObject[] }>();
  for await (const object of place.list("digests", { from, to: to + behindMs, lane }, signal)) {
    const parsed = parseObjectKey(object.key);
    const chain = parsed.ok ? chainOfKey(parsed.key) : undefined;
    const at = parsed.ok ? parsed.key.deliveredAt : undefined;
    if (chain === undefined || at === undefined || at < from || at > to + behindMs || !isAsked(chain, ask)) continue;
    const known = chains.get(chainId(chain)) ?? { chain, listed: [] };
    known.listed.push(object);
    chains.set(chainId(chain), known);
  }
  return [...chains.values()].sort((a, b) => Number(a.chain.isBackfill) - Number(b.chain.isBackfill));
}

function isAsked({ trailName, homeRegion }: DigestChain, ask: AuditAsk): boolean {
  return (ask.trailName ?? trailName) === trailName && (ask.homeRegion ?? homeRegion) === homeRegion;
}

/**
 * What speaks for the newest digest: the clock, where the place goes on, and the trail, where it can be asked. Of a span
 * long gone only what lies there is judged, and digests for late files come when they come.
 */
async function headOf(parts: AuditParts, { chain, objects }: ReadChain): Promise<{ readonly head?: HeadExpectation }> {
  const { place, to, signal } = parts;
  const at = parts.now();
  if (standsStill(parts) || chain.isBackfill) return {};
  const newest = objects.reduce<DigestObject | undefined>(
    (last, one) => (last === undefined || one.namedEnd > last.namedEnd ? one : last),
    undefined,
  );
  const clock = { now: Math.min(to, at), graceMs };
  // A digest that is as young as it can be needs nobody's word.
  if (newest === undefined || clock.now <= newest.namedEnd + graceMs) return { head: clock };
  const state = await place.trailOf?.(chain, newest.bucket, at, signal);
  if (state === undefined) return { head: clock };
  // What a trail tells of its deliveries is told of its home region.
  const isHome = chain.region === chain.homeRegion;
  return {
    head: {
      ...clock,
      deliveredAt: isHome ? state.digestDeliveredAt : undefined,
      endedAt: endOf(state, newest.namedEnd)?.endedAt,
    },
  };
}

type Item =
  | { readonly kind: "step"; readonly step: AuditStep }
  | {
      readonly kind: "file";
      readonly chain: DigestChain;
      readonly judged: JudgedDigest;
      readonly named: DigestLogFile;
    };

/** Newest digest first, each with the log files that it names. */
async function* itemsOf(
  read: ReadChain,
  { digests }: ChainJudgement,
  { parts, named, claims }: { readonly parts: AuditParts; readonly named: NameSet; readonly claims: Claims },
): AsyncGenerator<Item> {
  const { chain } = read;
  for (const judged of digests.toReversed()) {
    const isInside = isWithin(judged, parts);
    if (isInside) yield { kind: "step", step: { kind: "digest", chain, digest: judged } };
    for (const file of await read.logFilesOf(judged)) {
      // What is not signed names nothing; where it lies is looked at with what no digest names.
      if (judged.verdict.kind !== "valid") claims.add(file, judged, chain);
      else {
        named.add(nameOfLogFile(file));
        if (isInside || isDelivered(file, parts)) yield { kind: "file", chain, judged, named: file };
      }
    }
  }
}

function isWithin({ startsAt, endsAt }: JudgedDigest, { from, to }: AuditParts): boolean {
  return endsAt >= from && (startsAt ?? endsAt - hourMs) <= to;
}

/** A log file whose digest lies behind the span may have been delivered within it. */
function isDelivered({ s3Object }: DigestLogFile, { from, to }: AuditParts): boolean {
  const parsed = parseObjectKey(s3Object);
  const at = parsed.ok ? parsed.key.deliveredAt : undefined;
  return at !== undefined && at >= from && at <= to;
}

async function stepOf(item: Item, parts: AuditParts): Promise<AuditStep> {
  if (item.kind === "step") return item.step;
  return { kind: "log-file", chain: item.chain, file: await auditNamed(item.named, item.judged, parts) };
}

/** Reads a log file that a digest names, and holds it against that. */
export async function auditNamed(
  named: DigestLogFile,
  judged: JudgedDigest,
  { place, seeing, signal }: AuditParts,
): Promise<AuditedFile> {
  const object = { bucket: named.s3Bucket, key: named.s3Object };
  const name = nameOf(object);
  const answer = await place.get(object, signal);
  if (!answer.ok) return { name, verdict: judgeNamed({ ...named, name }, judged, "not-found"), sha256: "" };
  const seen = await seeing.see(object.bucket, object.key, answer.bytes);
  return { name, verdict: judgeNamed({ ...named, name }, judged, seen), sha256: seen.sha256 };
}

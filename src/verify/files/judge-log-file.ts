import { hash } from "node:crypto";
import { unpackGzip } from "../../cloudtrail/index.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import { nameOf } from "../names.ts";
import type { LogVerdict, VerdictKind, VerdictReason } from "../verdict.ts";
import type { Coverage, SeenLogFile } from "./seen-log-file.ts";

export { coverageOf } from "./coverage.ts";

/** Log files of CloudTrail hold 50 MB at most (User Guide, quotas: it does not say whether compressed). */
const bytesMax = 1024 * 1024 * 1024;

/** What a log file's name may round away: it holds the minute. */
const nameRoundsMs = 60_000;

/** Looks at a log file's bytes as they are stored. */
export function seenOf(bucket: string, key: string, bytes: Buffer): SeenLogFile {
  const unpacked = unpackGzip(bytes, { bytesMax });
  const { members, bytesBehind, fault } = unpacked;
  return {
    bucket,
    key,
    sha256: fault === undefined ? hash("sha256", unpacked.bytes) : "",
    gzipMembers: members,
    bytesBehind,
    inflateFault: fault === "too-large" ? "damaged" : fault,
  };
}

/** What a digest says of a log file, and that it says so with a hash we know. */
export interface NamedHash {
  readonly hashValue: string;
  /** `SHA-256`, unless told otherwise. */
  readonly hashAlgorithm?: string | undefined;
  /** `s3://bucket/key`. */
  readonly name: string;
}

/** Judges a log file that a digest names, by what lies there; why there is nothing to look at is told in a word. */
export function judgeNamed(
  named: NamedHash,
  digest: JudgedDigest,
  seen: SeenLogFile | "not-found" | "not-read-yet" | "not-selected",
): LogVerdict {
  const say = (kind: VerdictKind, reason: VerdictReason) => verdictOf(kind, reason, { digest: digest.name });
  switch (digest.verdict.kind) {
    case "broken":
      return say("unproven", "digest-broken");
    case "missing":
      return say("unproven", "digest-missing");
    case "unproven":
      return say("unproven", "digest-unproven");
    case "valid":
      break;
  }
  if (seen === "not-found") return say("missing", seen);
  if (seen === "not-read-yet") return say("waiting", seen);
  if (seen === "not-selected") return say("unproven", seen);
  const fault = faultOf(named, seen);
  if (fault !== undefined) return say("broken", fault);
  return { ...say("proven", ""), chainSince: digest.chainSince };
}

function faultOf(
  { name, hashValue, hashAlgorithm = "SHA-256" }: NamedHash,
  seen: SeenLogFile,
): VerdictReason | undefined {
  // A copy that does not know its bucket is judged by its key.
  const isThere = seen.bucket === "" ? name.endsWith(`/${seen.key}`) : name === nameOf(seen);
  if (!isThere) return "moved";
  if (hashAlgorithm.toUpperCase() !== "SHA-256" || !/^[0-9a-f]{64}$/i.test(hashValue)) return "hash-unknown";
  if (seen.gzipMembers === 0) return "not-gzip";
  if (seen.inflateFault !== undefined) return seen.inflateFault === "cut-off" ? "cut-off" : "not-inflatable";
  if (seen.gzipMembers > 1) return "second-member";
  if (seen.bytesBehind > 0) return "bytes-behind";
  return seen.sha256 === hashValue.toLowerCase() ? undefined : "content-differs";
}

/**
 * Judges a log file that no digest names. It is undeclared where valid digests speak for its time and for a whole window
 * more, in which it may have been named at the latest; until they do it waits, and where they cannot it is unproven.
 * With `now` infinite nothing is waited for.
 */
export function judgeUnnamed(
  file: { readonly deliveredAt: number; readonly kind: string },
  coverage: Coverage,
  now: number,
): LogVerdict {
  const { spans, holes } = coverage;
  // Only of management and data events it is known that digests name their files.
  const isNamedKind = file.kind === "log" || coverage.kinds.has(file.kind);
  const [first] = [...spans, ...holes].map(({ from }) => from).sort((a, b) => a - b);
  if (!isNamedKind || first === undefined) return verdictOf("unproven", "no-digests");
  const from = file.deliveredAt;
  const to = from + nameRoundsMs + coverage.paceMs;
  if (spans.some((span) => span.from <= from && span.to >= to)) return verdictOf("undeclared", "not-named");
  const hole = holes.find((one) => one.from < to && one.to > from);
  if (hole !== undefined) return verdictOf("unproven", hole.reason);
  if (from < first) return verdictOf("unproven", "before-chain");
  return judgeUncovered(to, from, coverage, now);
}

/** Digests do not speak for all of its time: they will, should have, or never do. */
function judgeUncovered(to: number, from: number, coverage: Coverage, now: number): LogVerdict {
  const { spans, nextDueAt, paceMs } = coverage;
  const end = spans.at(-1)?.to ?? -Infinity;
  if (nextDueAt === undefined || to <= end || !Number.isFinite(now)) return verdictOf("unproven", "not-covered");
  // The next digest covers one window more; what reaches beyond it waits for others.
  const windowsMore = Number.isFinite(end) ? Math.max(0, Math.ceil((to - end) / paceMs) - 1) : 0;
  const dueAt = nextDueAt + windowsMore * paceMs;
  if (now <= dueAt) return verdictOf("waiting", "digest-not-due", { dueAt });
  return verdictOf("unproven", from < end || now > nextDueAt ? "digest-late" : "not-covered");
}

function verdictOf(
  kind: VerdictKind,
  reason: VerdictReason,
  more: { readonly digest?: string; readonly dueAt?: number } = {},
): LogVerdict {
  return { kind, reason, digest: more.digest ?? "", chainSince: undefined, dueAt: more.dueAt };
}

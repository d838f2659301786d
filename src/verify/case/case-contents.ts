import type { JudgedDigest } from "../chain/chain-judgement.ts";
import type { PublicKey } from "../digests/digest-object.ts";
import type { Gap, VerdictKind } from "../verdict.ts";
import type { CaseAsk } from "../verification.ts";
import type { AwsCliCommand } from "./aws-cli-commands.ts";
import type { EventSpool } from "./event-spool.ts";

/** How an object came into a case: as its bucket holds it, compressed anew from what was stored, or not at all. */
export type Provenance = "as-stored" | "rebuilt" | "not-available";

/** A log file of a case: events of it are in the case, or its digest names it beside one of which they are. */
export interface LogFileEntry {
  /** `s3://bucket/key`, or the path of an imported file, which has no bucket. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** Inside the case; null where it is not available. */
  readonly path: string | null;
  readonly how: Provenance;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly sentence: string;
  /** Of its content, lower-case hexadecimal; empty where it is not available. */
  readonly sha256: string;
  /** `s3://bucket/key` of the digest that names it; empty where there is none. */
  readonly digest: string;
  /** Events of the case that it brought. */
  readonly events: number;
}

/** A digest of a case. */
export interface DigestEntry {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly path: string | null;
  readonly how: Provenance;
  readonly judged: JudgedDigest;
  readonly sentence: string;
  /** In words for people; digests of one stretch of a chain follow each other without a hole. */
  readonly chain: string;
  readonly region: string;
  /** It names a log file of the case; the others stand between such or beside them. */
  readonly isNeeded: boolean;
}

export interface ChainGap {
  readonly chain: string;
  readonly gap: Gap;
  readonly sentence: string;
}

/** All that a case says of itself. */
export interface CaseContents {
  readonly ask: CaseAsk;
  readonly madeAt: number;
  readonly version: string;
  readonly events: EventSpool;
  readonly logFiles: readonly LogFileEntry[];
  readonly digests: readonly DigestEntry[];
  readonly gaps: readonly ChainGap[];
  readonly keys: readonly PublicKey[];
  /** Log files that the case's digests name beside its own, and that are not in it. */
  readonly leftOut: number;
  readonly commands: readonly AwsCliCommand[];
}

/** In numbers what a case says of itself; stands in its manifest. */
export interface CaseClaims {
  readonly events: number;
  readonly eventsProven: number;
  readonly logFiles: number;
  readonly logFilesProven: number;
  readonly digests: number;
  readonly digestsValid: number;
  readonly isAllProven: boolean;
  readonly sentence: string;
}

export function claimsOf({ events, logFiles, digests, gaps }: CaseContents): CaseClaims {
  const counts = {
    events: events.events,
    eventsProven: events.events - events.unproven(),
    logFiles: logFiles.length,
    logFilesProven: logFiles.filter(({ verdict }) => verdict === "proven").length,
    digests: digests.length,
    digestsValid: digests.filter(({ judged, path }) => judged.verdict.kind === "valid" && path !== null).length,
  };
  // A chain that begins anew says so under AWS's signature; any other hole is one that nobody explains.
  const holes = gaps.filter(({ gap }) => gap.kind !== "chain-restarted").length;
  const isAllProven =
    counts.eventsProven === counts.events &&
    counts.logFilesProven === counts.logFiles &&
    counts.digestsValid === counts.digests &&
    holes === 0;
  return { ...counts, isAllProven, sentence: sentenceOf(counts, isAllProven, holes) };
}

function sentenceOf(counts: Omit<CaseClaims, "isAllProven" | "sentence">, isAllProven: boolean, holes: number): string {
  const { events, eventsProven, logFiles, logFilesProven, digests, digestsValid } = counts;
  if (isAllProven) {
    const sums = `${numbered(logFiles, "log file")} and ${numbered(digests, "digest")}`;
    return `${numbered(events, "event")}, all of them proven: they stand byte for byte in log files that AWS signed (${sums})`;
  }
  const sums = `${eventsProven} of ${numbered(events, "event")}, ${logFilesProven} of ${numbered(logFiles, "log file")} and ${digestsValid} of ${numbered(digests, "digest")}`;
  const open = holes === 0 ? "" : `; ${numbered(holes, "hole")} in chains`;
  return `Proven are ${sums}${open}; what is not is listed with its reason`;
}

/** `1 event`, `2 events`. */
export function numbered(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

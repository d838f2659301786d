import type { EventFilter } from "../filter.ts";

/** A digest as it was collected; its content is never written over: a second content under one key is a second row. */
export interface StoredDigest {
  /** `s3://bucket/key`. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** `chainId` of its chain. */
  readonly chain: string;
  readonly accountId: string;
  readonly region: string;
  /** From its key, milliseconds: when its window ended. */
  readonly endsAt: number;
  /** Of the uncompressed bytes, lower-case hexadecimal; empty where they cannot be had. */
  readonly sha256: string;
  /** Uncompressed; empty where it cannot be inflated. */
  readonly text: Buffer;
  /** What was wrong with the object: `invalid-format`, `bytes-behind`, `second-member`, or nothing. */
  readonly fault: string;
  readonly signature: string | undefined;
  readonly signatureAlgorithm: string | undefined;
  readonly backfillGeneratedAt: string | undefined;
  readonly source: string;
  readonly collectedAt: number;
}

/** What was said of a digest, the latest counts. */
export interface DigestVerdictRow {
  readonly name: string;
  readonly chain: string;
  readonly accountId: string;
  readonly region: string;
  /** Milliseconds; nothing where it could not be read. */
  readonly startsAt: number | undefined;
  readonly endsAt: number;
  readonly verdict: string;
  readonly reason: string;
  readonly chainSince: number | undefined;
  /** Log files that it names. */
  readonly logFiles: number;
  readonly judgedAt: number;
}

/** A log file that a valid digest names. */
export interface NamedLogFile {
  /** `s3://bucket/key` of the log file. */
  readonly name: string;
  /** `s3://bucket/key` of the digest. */
  readonly digest: string;
  readonly chain: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly digestEndsAt: number;
  readonly chainSince: number;
}

/** What is said of a log file, the latest counts. */
export interface VerdictRow {
  /** `s3://bucket/key`, or the path of an imported file. */
  readonly name: string;
  /** Its id where it was read, in decimal; `0` where not. */
  readonly logFile: string;
  readonly accountId: string;
  readonly region: string;
  /** From its name, milliseconds: the same whenever the same name is put. */
  readonly deliveredAt: number;
  readonly verdict: string;
  readonly reason: string;
  readonly digest: string;
  readonly chainSince: number | undefined;
  readonly dueAt: number | undefined;
  readonly judgedAt: number;
}

/** What a log file that was read is judged by. */
export interface ReadLogFile {
  readonly logFile: string;
  readonly name: string;
  readonly sha256: string;
  readonly gzipMembers: number;
  readonly bytesBehind: number;
  /** What was wrong with it, in words; empty when nothing was. */
  readonly note: string;
  readonly deliveredAt: number | undefined;
  readonly readAt: number;
  readonly records: number;
  readonly stored: number;
}

/** Log files of an hour of delivery, by verdict. */
export interface VerdictHour {
  readonly accountId: string;
  readonly region: string;
  /** Start of the hour, milliseconds. */
  readonly hour: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** How verdicts are counted together. */
export interface CountedIn {
  /** Spans of so many milliseconds since 1970, in place of hours. */
  readonly spanMs?: number;
  /** Rows at most; who gets so many has not got all. */
  readonly limit?: number;
}

/** Log files that were read, by when they were delivered and read; milliseconds. */
export interface ReadSpan {
  /** Nothing where no name tells a time. */
  readonly deliveredFrom: number | undefined;
  readonly deliveredTo: number | undefined;
  readonly readUntil: number;
}

/** Which log files without a verdict, or with one of some, are asked for. */
export interface UnjudgedSelection extends VerdictSelection {
  readonly verdicts: readonly string[];
  /** Only those that were read from then on, milliseconds. */
  readonly readSince?: number;
  /** Only those whose names tell no time of delivery. */
  readonly isUndated?: boolean;
}

export interface VerdictSelection {
  readonly accountId?: string;
  readonly region?: string;
  /** Hours of delivery (of digests: ends of windows) from `from`, included, to `to`, not included; milliseconds. */
  readonly from?: number;
  readonly to?: number;
  readonly verdicts?: readonly string[];
  readonly reasons?: readonly string[];
}

/** Digests and verdicts, kept beside the log files. What returns lasts. */
export interface ProofStore {
  putDigests(digests: readonly StoredDigest[]): Promise<void>;
  putDigestVerdicts(rows: readonly DigestVerdictRow[]): Promise<void>;
  putNamed(rows: readonly NamedLogFile[]): Promise<void>;
  putVerdicts(rows: readonly VerdictRow[]): Promise<void>;
  /** Of a chain, by end of window from `from` on (included), oldest first; with every content that a key ever had. */
  digests(
    chain: string,
    span: { readonly from?: number; readonly to?: number; readonly limit: number },
  ): Promise<StoredDigest[]>;
  /** Of several contents that the key had, the one that was collected first. */
  digest(name: string): Promise<StoredDigest | undefined>;
  /** Chains that have digests collected since an instant, with the earliest of their windows' ends. */
  chainsSince(
    collectedAt: number,
  ): Promise<{ readonly chain: string; readonly accountId: string; readonly region: string; readonly from: number }[]>;
  /** Oldest window first. */
  digestVerdicts(selection: VerdictSelection & { readonly chain?: string }, limit: number): Promise<DigestVerdictRow[]>;
  /** What digests say of log files with these names. */
  named(names: readonly string[]): Promise<Map<string, NamedLogFile>>;
  namedBy(digest: string): Promise<NamedLogFile[]>;
  /** Of log files with these names, those that were read. */
  readLogFiles(names: readonly string[]): Promise<Map<string, ReadLogFile>>;
  /** Log files of buckets that were read and have no verdict, or one of these; oldest delivery first, paged by name. */
  unjudged(
    selection: UnjudgedSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<ReadLogFile[]>;
  /** Of log files of buckets; nothing where none was read. */
  readSpan(): Promise<ReadSpan | undefined>;
  verdicts(names: readonly string[]): Promise<Map<string, VerdictRow>>;
  /** By the log files' ids, each of which is one reading: what was said of it stays when the file is read anew. */
  verdictsOf(logFiles: readonly string[]): Promise<Map<string, VerdictRow>>;
  /** Oldest delivery first, paged by name. */
  verdictList(
    selection: VerdictSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<VerdictRow[]>;
  verdictHours(selection: VerdictSelection, counted?: CountedIn): Promise<VerdictHour[]>;
  /** Digests by the hours that their windows cover some of, or by the hour that each ends in. */
  digestHours(
    selection: VerdictSelection,
    counted: CountedIn & { readonly by: "window" | "end" },
  ): Promise<VerdictHour[]>;
  /** A seeded sample of log files of buckets that were proven and not looked at again since `before`. */
  sample(ask: { readonly before: number; readonly limit: number; readonly seed: number }): Promise<VerdictRow[]>;
  /** Exact bytes of a log file's records in the order they stood in, as far as this file brought them first. */
  rawOf(logFile: string): AsyncIterable<Buffer>;
  /** Log files that events of a selection came in, by id, with how many of them. */
  logFilesOf(filter: EventFilter, limit: number): Promise<{ readonly logFile: string; readonly events: number }[]>;
}

import { createHash, hash } from "node:crypto";
import { RecordScanner, usualRecords, type RejectedPart, type ScanSummary } from "../../cloudtrail/index.ts";
import type { GzipFacts } from "./gzip-members.ts";
import type { SpoolQueue } from "./spool-queue.ts";

/** What was found in one file, once it has been read to its end. */
export interface FileContent extends GzipFacts {
  readonly wrapper: ScanSummary["wrapper"];
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly rejected: number;
  /** The first of the rejects; the count tells if there are more. */
  readonly rejects: readonly RejectedPart[];
  /** How many for each reason. */
  readonly rejectedFor: ReadonlyMap<string, number>;
}

/** How many rejects of one file are kept with their text. */
export const rejectsMax = 1_000;

/**
 * The quick way for a file written as CloudTrail writes them, held in memory as a whole: undefined, and nothing done,
 * for any other. Whether its records were found right is known when the engine has read them.
 */
export function readUsualLogFile(
  bytes: Buffer,
  logFile: bigint,
  spool: SpoolQueue,
  { gzipMembers, bytesBehind }: GzipFacts,
): FileContent | undefined {
  const cuts = usualRecords(bytes);
  if (cuts === undefined) return undefined;
  spool.addGuessed(logFile, bytes, cuts);
  return {
    wrapper: "records",
    sizeBytes: bytes.length,
    sha256: hash("sha256", bytes),
    records: cuts.length / 2,
    rejected: 0,
    rejects: [],
    rejectedFor: new Map(),
    gzipMembers,
    bytesBehind,
  };
}

/** Takes one file's inflated bytes, in chunks of any size, and lays its records into the spool. */
export class LogFileReader {
  readonly #hash = createHash("sha256");
  readonly #scanner: RecordScanner;
  readonly #spool: SpoolQueue;
  readonly #rejects: RejectedPart[] = [];
  readonly #rejectedFor = new Map<string, number>();
  #sizeBytes = 0;

  constructor(logFile: bigint, spool: SpoolQueue) {
    this.#spool = spool;
    this.#scanner = new RecordScanner({
      onRecord: (bytes, start, end) => {
        spool.add(logFile, bytes, start, end);
      },
      onReject: (part) => {
        this.#rejectedFor.set(part.reason, (this.#rejectedFor.get(part.reason) ?? 0) + 1);
        if (this.#rejects.length < rejectsMax) this.#rejects.push(part);
      },
    });
  }

  push(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#sizeBytes += chunk.length;
    this.#spool.lookAt(chunk);
    this.#scanner.push(chunk);
  }

  end({ gzipMembers, bytesBehind }: GzipFacts): FileContent {
    const summary = this.#scanner.end();
    return {
      wrapper: summary.wrapper,
      sizeBytes: this.#sizeBytes,
      sha256: this.#hash.digest("hex"),
      records: summary.records,
      rejected: summary.rejected,
      rejects: this.#rejects,
      rejectedFor: this.#rejectedFor,
      gzipMembers,
      bytesBehind,
    };
  }
}

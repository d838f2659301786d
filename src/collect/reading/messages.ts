import type { SpoolQueueOptions } from "./spool-queue.ts";
import type { FileContent } from "./log-file-reader.ts";
import type { SealedBatch } from "./spool-queue.ts";

/** A file that the reader is to read. */
export interface ReadJob {
  /** Where it lies, or what it holds. */
  readonly from: string | Uint8Array;
  /** What it is listed as. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly version: string;
  /** Its place among those that are sent at once. */
  readonly job: number;
  /** Look at each byte, for the quick way has not found the records. */
  readonly isCareful?: boolean;
}

/** A log file (or archive) read to its end; its rows are in this batch or in earlier ones. */
export interface FinishedFile {
  readonly kind: "read";
  /** Which of the jobs that were sent at once: a file or, when that is an archive, where it came from. */
  readonly job: number;
  readonly id: bigint;
  readonly name: string;
  readonly version: string;
  readonly content: FileContent;
  /** What was wrong with the container; what could be had of it was read. */
  readonly fault?: { readonly reason: string; readonly message: string };
}

/** A file that holds no records, or cannot be read at all. */
export interface SkippedFile {
  readonly kind: "skipped";
  readonly job: number;
  readonly id: bigint;
  readonly name: string;
  readonly version: string;
  readonly reason: string;
  /** Reading it again cannot give more, unless it changes. */
  readonly isFinal: boolean;
}

export type ReaderMessage =
  | {
      readonly kind: "batch";
      readonly batch: SealedBatch | undefined;
      readonly files: readonly (FinishedFile | SkippedFile)[];
    }
  | { readonly kind: "progress"; readonly bytes: number; readonly files: number }
  /** All that was asked for so far is read and in the batches that came before. */
  | { readonly kind: "read" }
  | { readonly kind: "failed"; readonly message: string };

export type ReaderRequest =
  | { readonly kind: "read"; readonly jobs: readonly ReadJob[] }
  /** The engine has taken a batch; another may be sealed. */
  | { readonly kind: "credit" }
  /** Seal what there is. */
  | { readonly kind: "flush" };

export type ReaderStart = SpoolQueueOptions;

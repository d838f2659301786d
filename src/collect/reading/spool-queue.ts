import { join } from "node:path";
import { SpoolWriter, type EarlyFile, type EarlyKind, type SpoolPlace } from "../../store/index.ts";
import { EventHours } from "./event-hours.ts";

/** Rows `[first, first + rows)` of a batch belong to one log file. */
export interface Segment {
  readonly logFile: bigint;
  readonly firstRow: number;
  readonly rows: number;
}

/** A spool file that is complete and may go to the engine. */
export interface SealedBatch {
  readonly path: string;
  readonly rows: number;
  /** Starts of the hours that its events seem to lie in. */
  readonly hours: readonly number[] | undefined;
  readonly segments: readonly Segment[];
  /** Log files that were cut where records seem to end; the engine finds out if they do. */
  readonly guessed: readonly bigint[];
  /** Log files that bring events before CloudTrail's own file does. */
  readonly early: readonly EarlyFile[];
}

export interface SpoolQueueOptions {
  readonly spoolDirectory: string;
  /** A batch of this size is sealed. */
  readonly batchBytes: number;
  /** A smaller size to begin with, so that the engine has something to do soon. */
  readonly firstBatchBytes?: number;
}

/** Sealed batches that may wait while the engine is busy with one. */
export const batchesAhead = 2;
/** One being filled, some waiting, one being stored; then the first is free again. */
const spoolFiles = batchesAhead + 2;

/** Fills spool files one after another; a log file larger than a batch goes on in the next one. */
export class SpoolQueue {
  readonly #hours = new EventHours();
  readonly #directory: string;
  readonly #batchBytes: number;
  /** The size of the batch at hand; each is twice as large as the one before, until they are of full size. */
  #fullBytes: number;
  #writer: SpoolWriter | undefined;
  #ended: SpoolPlace | undefined;
  #segments: Segment[] = [];
  #guessed: bigint[] = [];
  /** Of the log files of this batch; the last may go on in the next. */
  readonly #early = new Map<bigint, EarlyKind>();
  #logFile = 0n;
  #firstRow = 0;
  #number = 0;

  constructor({ spoolDirectory, batchBytes, firstBatchBytes = batchBytes }: SpoolQueueOptions) {
    this.#directory = spoolDirectory;
    this.#batchBytes = batchBytes;
    this.#fullBytes = Math.min(firstBatchBytes, batchBytes);
  }

  get isFull(): boolean {
    return (this.#writer?.sizeBytes ?? 0) >= this.#fullBytes;
  }

  add(logFile: bigint, bytes: Uint8Array, start: number, end: number): void {
    this.#writer ??= new SpoolWriter(join(this.#directory, `batch-${this.#number++ % spoolFiles}.rows`), this.#ended);
    if (logFile !== this.#logFile) this.#closeSegment(logFile);
    this.#writer.add(logFile, bytes, start, end);
  }

  /** Adds the records of a whole log file, which lie where `usualRecords` found them. */
  addGuessed(logFile: bigint, bytes: Buffer, cuts: Uint32Array): void {
    this.#hours.scanRecords(bytes, cuts);
    for (let i = 0; i < cuts.length; i += 2) this.add(logFile, bytes, cuts[i] ?? 0, cuts[i + 1] ?? 0);
    this.#guessed.push(logFile);
  }

  /** The log file that follows brings its events early. */
  noteEarly(logFile: bigint, kind: EarlyKind): void {
    this.#early.set(logFile, kind);
  }

  /** Looks at the text that the next records come from. */
  lookAt(chunk: Buffer): void {
    this.#hours.scan(chunk);
  }

  /** The batch so far, closed; undefined when it holds nothing. */
  seal(): SealedBatch | undefined {
    const writer = this.#writer;
    if (!writer) return undefined;
    this.#closeSegment(0n);
    writer.close();
    const batch = {
      path: writer.path,
      rows: writer.rows,
      hours: this.#hours.take(),
      segments: this.#segments,
      guessed: this.#guessed,
      early: this.#earlyFiles(),
    };
    this.#writer = undefined;
    this.#fullBytes = Math.min(this.#fullBytes * 2, this.#batchBytes);
    this.#ended = writer.place;
    this.#segments = [];
    this.#guessed = [];
    this.#firstRow = 0;
    return batch;
  }

  #earlyFiles(): EarlyFile[] {
    const early = this.#segments.flatMap(({ logFile }) => {
      const kind = this.#early.get(logFile);
      return kind === undefined ? [] : [{ logFile, kind }];
    });
    const last = [...this.#early].at(-1);
    this.#early.clear();
    if (last !== undefined) this.#early.set(...last);
    return early;
  }

  #closeSegment(next: bigint): void {
    const rows = (this.#writer?.rows ?? 0) - this.#firstRow;
    if (rows > 0) this.#segments.push({ logFile: this.#logFile, firstRow: this.#firstRow, rows });
    this.#firstRow += rows;
    this.#logFile = next;
  }
}

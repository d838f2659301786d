import { closeSync, constants, ftruncateSync, openSync, writeSync } from "node:fs";
import { StoreError } from "./errors.ts";

/** How records wait on disk for the engine: rows one after another, strings as length and bytes. */
export const spoolFormat = {
  name: "RowBinary",
  structure: "row UInt32, position UInt32, log_file UInt64, clean String, raw String",
} as const;

const chunkBytes = 4 * 1024 * 1024;

/** A spool file is laid out in so many stripes: the engine reads each on a thread of its own. */
const stripes = [0, 1] as const;

/** The files of one spool file. */
export function stripePaths(path: string): string[] {
  return stripes.map((stripe) => `${path}.${stripe}`);
}

/** The same as the engine's pattern for a path. */
export function stripePattern(path: string): string {
  return `${path}.{${stripes.join(",")}}`;
}

/** A place among the records of a log file. */
export interface SpoolPlace {
  readonly logFile: bigint;
  readonly position: number;
}

/**
 * Writes one spool file. Knows nothing of the engine, so that a worker thread may use it. Files that are already there
 * are written over: their pages are in memory, and fresh ones cost more than the writing itself.
 */
export class SpoolWriter {
  readonly path: string;
  readonly #files: readonly { readonly descriptor: number; written: number }[];
  #turn = 0;
  #buffer = Buffer.allocUnsafe(chunkBytes);
  #used = 0;
  #rows = 0;
  #logFile = 0n;
  #logFileLow = 0;
  #logFileHigh = 0;
  #position = 0;

  /** `before` is where the spool file before ended: its last log file may go on in this one. */
  constructor(path: string, before?: SpoolPlace) {
    this.path = path;
    if (before !== undefined) {
      this.#take(before.logFile);
      this.#position = before.position;
    }
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
    this.#files = orFail(path, () =>
      stripePaths(path).map((stripe) => ({
        descriptor: openSync(stripe, flags, 0o600),
        written: 0,
      })),
    );
  }

  get rows(): number {
    return this.#rows;
  }

  /** Where the next record would stand, if it were one of the same log file. */
  get place(): SpoolPlace {
    return { logFile: this.#logFile, position: this.#position };
  }

  get sizeBytes(): number {
    return this.#files.reduce((sum, file) => sum + file.written, this.#used);
  }

  /** Adds one record, `source[start, end)`, exactly as it stands: the next of its log file, or that in a certain place. */
  add(
    logFile: bigint,
    source: Uint8Array,
    start: number,
    end: number,
    mended?: { readonly clean: Uint8Array; readonly position: number },
  ): void {
    const clean = mended?.clean;
    const cleanLength = clean?.length ?? 0;
    this.#reserve(26 + cleanLength + (end - start));
    const buffer = this.#buffer;
    this.#used = buffer.writeUInt32LE(this.#rows++, this.#used);
    if (logFile !== this.#logFile) this.#take(logFile);
    this.#used = buffer.writeUInt32LE(mended?.position ?? this.#position++, this.#used);
    this.#used = buffer.writeUInt32LE(this.#logFileLow, this.#used);
    this.#used = buffer.writeUInt32LE(this.#logFileHigh, this.#used);
    this.#length(cleanLength);
    if (clean) {
      buffer.set(clean, this.#used);
      this.#used += cleanLength;
    }
    this.#length(end - start);
    buffer.set(source.subarray(start, end), this.#used);
    this.#used += end - start;
  }

  close(): void {
    this.#flush();
    orFail(this.path, () => {
      for (const { descriptor, written } of this.#files) {
        ftruncateSync(descriptor, written);
        closeSync(descriptor);
      }
    });
  }

  /** A number of 64 bits is slow to take apart: once for each log file is enough. */
  #take(logFile: bigint): void {
    this.#logFile = logFile;
    this.#position = 0;
    this.#logFileLow = Number(logFile & 0xffffffffn);
    this.#logFileHigh = Number(logFile >> 32n);
  }

  #length(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#used++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#used++] = rest;
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#buffer.length) return;
    this.#flush();
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(bytes);
  }

  /** The buffer holds whole rows, so each may go to another stripe. */
  #flush(): void {
    const file = this.#files[this.#turn++ % this.#files.length];
    if (!file) return;
    orFail(this.path, () => {
      let done = 0;
      while (done < this.#used) done += writeSync(file.descriptor, this.#buffer, done, this.#used - done);
    });
    file.written += this.#used;
    this.#used = 0;
    if (this.#buffer.length > chunkBytes) this.#buffer = Buffer.allocUnsafe(chunkBytes);
  }
}

function orFail<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`The spool file ${path} cannot be written: ${reason}`, {
      code: "store-write-failed",
      fault: "user",
      help: "Make room on the disk of the data folder, then import the same files again; nothing is doubled",
      cause,
    });
  }
}

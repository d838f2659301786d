import { closeSync, constants, ftruncateSync, openSync, writeSync } from "node:fs";
import { StoreError } from "./errors.ts";

/** How records wait on disk for the engine: rows one after another, strings as length and bytes. */
export const spoolFormat = {
  name: "RowBinary",
  structure: "row UInt32, log_file UInt64, clean String, raw String",
} as const;

const chunkBytes = 4 * 1024 * 1024;

/**
 * Writes one spool file. Knows nothing of the engine, so that a worker thread may use it. A file that is already there
 * is written over: its pages are in memory, and fresh ones cost more than the writing itself.
 */
export class SpoolWriter {
  readonly path: string;
  readonly #descriptor: number;
  #buffer = Buffer.allocUnsafe(chunkBytes);
  #used = 0;
  #written = 0;
  #rows = 0;

  constructor(path: string) {
    this.path = path;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
    this.#descriptor = orFail(path, () => openSync(path, flags, 0o600));
  }

  get rows(): number {
    return this.#rows;
  }

  get sizeBytes(): number {
    return this.#written + this.#used;
  }

  /** Adds one record, `source[start, end)`, exactly as it stands. */
  add(logFile: bigint, source: Uint8Array, start: number, end: number, clean?: Uint8Array): void {
    const cleanLength = clean?.length ?? 0;
    this.#reserve(22 + cleanLength + (end - start));
    const buffer = this.#buffer;
    this.#used = buffer.writeUInt32LE(this.#rows++, this.#used);
    this.#used = buffer.writeBigUInt64LE(logFile, this.#used);
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
      ftruncateSync(this.#descriptor, this.#written);
      closeSync(this.#descriptor);
    });
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

  #flush(): void {
    orFail(this.path, () => {
      let done = 0;
      while (done < this.#used) done += writeSync(this.#descriptor, this.#buffer, done, this.#used - done);
    });
    this.#written += this.#used;
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

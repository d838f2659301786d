import { type FileHandle, open } from "node:fs/promises";

import { type JournalEntry, parseEntry, printEntry } from "./entry.ts";
import { findSegments, removeSegment, type Segment, segmentPath } from "./segments.ts";

export interface JournalOptions {
  /** Has the machine write to its disk before an entry counts; without it a killed process loses nothing all the same. */
  readonly isFlushed?: boolean;
  readonly segmentBytesMax?: number;
}

/** Entries read one after another, and where the next ones stand. */
export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly next: number;
  /** Lines that are no entries: something else wrote into the file. */
  readonly unreadable: number;
}

/** Opens the journal in a folder, which only one process may do at a time. */
export async function openJournal(folder: string, options: JournalOptions = {}): Promise<Journal> {
  return new Journal(folder, await findSegments(folder), options);
}

/**
 * Every record, in the order they came, before anything is done with it. An entry counts once `append` has resolved,
 * and then lasts over a kill. All that comes while a write is under way goes into the next one together.
 */
export class Journal implements AsyncDisposable {
  readonly #folder: string;
  readonly #isFlushed: boolean;
  readonly #segmentBytesMax: number;
  #segments: Segment[];
  #file: FileHandle | undefined;
  #end: number;
  #waiting: { readonly bytes: Buffer; readonly done: PromiseWithResolvers<void> }[] = [];
  #writing: Promise<void> | undefined;
  #isClosed = false;
  readonly #listeners = new Set<() => void>();

  constructor(folder: string, segments: readonly Segment[], options: JournalOptions) {
    this.#folder = folder;
    this.#segments = [...segments];
    this.#end = segments.at(-1)?.endsAt ?? 0;
    this.#isFlushed = options.isFlushed ?? false;
    this.#segmentBytesMax = options.segmentBytesMax ?? 32 * 1024 * 1024;
  }

  /** Where the oldest entry stands that is still kept. */
  get start(): number {
    return this.#segments[0]?.startsAt ?? this.#end;
  }

  /** Where the next entry will stand. */
  get end(): number {
    return this.#end;
  }

  /** Resolves when the entries are written; then they are there whatever becomes of this process. */
  append(entries: readonly JournalEntry[]): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error("The journal is closed"));
    if (entries.length === 0) return Promise.resolve();
    const bytes = Buffer.from(entries.map(printEntry).join(""));
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ bytes, done });
    this.#writing ??= this.#writeAll();
    return done.promise;
  }

  /** Calls `listener` after entries were written. Returns what ends that. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The entries from a position on, about `bytesMax` of them; one at least where there is one. */
  async read(from: number, bytesMax: number): Promise<JournalPage> {
    const at = Math.max(from, this.start);
    const segment = this.#segments.find(({ endsAt }) => at < endsAt);
    if (segment === undefined) return { entries: [], next: Math.max(at, this.#end), unreadable: 0 };
    const start = Math.max(at, segment.startsAt);
    const bytes = await readLines(segment, start, bytesMax);
    const lines = bytes.toString("utf8").split("\n").slice(0, -1);
    const entries = lines.flatMap((line) => parseEntry(line) ?? []);
    return { entries, next: start + bytes.length, unreadable: lines.length - entries.length };
  }

  /** Says that nothing before `position` is wanted any more; segments that lie before it whole are removed. */
  async release(position: number): Promise<void> {
    while (this.#segments.length > 1 && (this.#segments[0]?.endsAt ?? Infinity) <= position) {
      const segment = this.#segments.shift();
      if (segment !== undefined) await removeSegment(segment);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #writeAll(): Promise<void> {
    // What comes in the same turn of the loop goes into the same write.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(Buffer.concat(group.map(({ bytes }) => bytes)));
        for (const { done } of group) done.resolve();
        for (const listener of this.#listeners) listener();
      } catch (error) {
        for (const { done } of group) done.reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #write(bytes: Buffer): Promise<void> {
    const file = await this.#fileToWrite();
    const segment = this.#segments.at(-1);
    if (segment === undefined) throw new Error("The journal has no segment to write to");
    try {
      for (let written = 0; written < bytes.length;) {
        written += (await file.write(bytes, written)).bytesWritten;
      }
      if (this.#isFlushed) await file.datasync();
    } catch (error) {
      // A full disk takes a part; what nobody was promised is taken back.
      await file.truncate(segment.endsAt - segment.startsAt);
      throw error;
    }
    this.#end += bytes.length;
    // Segments before it may have gone meanwhile.
    this.#segments[this.#segments.indexOf(segment)] = { ...segment, endsAt: this.#end };
  }

  async #fileToWrite(): Promise<FileHandle> {
    const last = this.#segments.at(-1);
    const isFull = last === undefined || last.endsAt - last.startsAt >= this.#segmentBytesMax;
    if (this.#file !== undefined && !isFull) return this.#file;
    await this.#file?.close();
    const path = isFull ? segmentPath(this.#folder, this.#end) : last.path;
    this.#file = await open(path, "a");
    if (isFull) this.#segments.push({ path, startsAt: this.#end, endsAt: this.#end });
    return this.#file;
  }
}

const lineEnd = 0x0a;

/** Whole lines of a segment from a position on: as many as fit, or the first one however long. */
async function readLines(segment: Segment, from: number, bytesMax: number): Promise<Buffer> {
  const file = await open(segment.path, "r");
  try {
    const left = segment.endsAt - from;
    for (let size = Math.min(bytesMax, left); ; size = Math.min(size * 2, left)) {
      const buffer = Buffer.alloc(size);
      const { bytesRead } = await file.read(buffer, 0, size, from - segment.startsAt);
      const end = buffer.subarray(0, bytesRead).lastIndexOf(lineEnd) + 1;
      if (end > 0) return buffer.subarray(0, end);
      if (size >= left) throw new Error(`The journal's segment ${segment.path} ends within a line`);
    }
  } finally {
    await file.close();
  }
}

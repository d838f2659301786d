import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Predicate } from "../predicate/index.ts";
import type { EventStore, StoredLogFile, WriteOutcome } from "../store/index.ts";
import { BatchHours } from "./batch-hours.ts";
import { CollectError } from "./errors.ts";
import type { ImportTally } from "./import-tally.ts";
import { logFileRow, rejectRows } from "./log-file-row.ts";
import { readCarefully } from "./read-carefully.ts";
import type { FinishedFile, ReaderStart, ReadJob, SkippedFile } from "./reading/messages.ts";
import { startReader, type Reader } from "./reading/reader.ts";
import type { Segment } from "./reading/spool-queue.ts";

/** Files that are read and stored together. */
export interface Round {
  /** The place of each is its index. */
  readonly jobs: readonly Omit<ReadJob, "job" | "isCareful">[];
  /** What a job's files are listed under. */
  readonly sourceOf: (job: number) => string;
  readonly tally: ImportTally;
  readonly now: () => number;
  readonly onProgress?: () => void;
  /** Events that fit one of these are left out and counted. */
  readonly drops?: readonly Drop[];
  /** Called between batches. */
  readonly onBatch?: () => Promise<void>;
  /** Files whose events are all on disk, as they are listed from now on. */
  readonly onStored?: (files: readonly ReadFile[]) => void;
  readonly signal?: AbortSignal;
}

/** Events that are not stored, under the name of the filter that says so. */
export interface Drop {
  readonly name: string;
  readonly predicate: Predicate;
  readonly onDropped: (events: number) => void;
}

/** What became of one file of a job. */
export interface ReadFile {
  readonly job: number;
  readonly file: FinishedFile | SkippedFile;
  /** Nothing when it could not be read this time and is not listed. */
  readonly stored: StoredLogFile | undefined;
}

/** Files are acknowledged for several batches together: each time costs a flush to disk. */
const batchesAtOnce = 4;
const filesAtOnce = 2_000;

/**
 * A thread that reads, and the writing of what it read. A file counts as read only when all its events are stored; when
 * a round fails, its files do not count, and the session is of no more use.
 */
export class ReadingSession implements AsyncDisposable {
  readonly #store: EventStore;
  readonly #reader: Reader;
  readonly #spool: AsyncDisposable;
  readonly #hours = new BatchHours();

  private constructor(store: EventStore, reader: Reader, spool: AsyncDisposable) {
    this.#store = store;
    this.#reader = reader;
    this.#spool = spool;
  }

  static async open(store: EventStore, options: Omit<ReaderStart, "spoolDirectory">): Promise<ReadingSession> {
    const spool = await makeSpoolFolder(store.spoolDirectory);
    return new ReadingSession(store, startReader({ spoolDirectory: spool.path, ...options }), spool);
  }

  /** Resolves when all files of the round are stored and listed. */
  async read(round: Round): Promise<void> {
    const { jobs, tally } = round;
    if (jobs.length === 0) return;
    this.#reader.read(jobs.map((job, index) => ({ ...job, job: index })));
    const finished: (FinishedFile | SkippedFile)[] = [];
    /** Files that have to be read once more, with care. */
    const again: ReadJob[] = [];
    let batches = 0;
    for (;;) {
      const message = await this.#reader.next();
      round.signal?.throwIfAborted();
      if (message.kind === "progress") tally.addProgress(message.bytes, message.files);
      else if (message.kind === "batch") {
        const wrong = new Set<bigint>();
        if (message.batch) {
          const drops = round.drops ?? [];
          const outcome = await this.#store.write(message.batch, readCarefully, {
            drops: drops.map(({ predicate }) => predicate),
          });
          this.#reader.release();
          for (const logFile of outcome.wronglyCut) wrong.add(logFile);
          this.#hours.note(message.batch, outcome.hours);
          const segments = message.batch.segments.filter(({ logFile }) => !wrong.has(logFile));
          noteRefused(outcome, segments, tally);
          for (const { logFile, events } of outcome.dropped) tally.addDropped(logFile, events);
          tellDropped(outcome, drops);
          batches++;
          tally.addRows(segments.reduce((sum, { rows }) => sum + rows, 0));
          await round.onBatch?.();
        }
        for (const file of message.files) {
          const job = jobs[file.job];
          if (wrong.has(file.id) && job) again.push({ ...job, job: file.job, isCareful: true });
          else finished.push(file);
        }
        if (batches % batchesAtOnce === 0 || finished.length >= filesAtOnce) {
          await this.#acknowledge(finished.splice(0), round);
        }
      } else if (message.kind === "read") {
        if (again.length === 0) break;
        this.#reader.read(again.splice(0));
      } else throw readerFailed(message.message);
      round.onProgress?.();
    }
    await this.#acknowledge(finished, round);
    round.onProgress?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader[Symbol.asyncDispose]();
    await this.#spool[Symbol.asyncDispose]();
  }

  async #acknowledge(files: readonly (FinishedFile | SkippedFile)[], round: Round): Promise<void> {
    if (files.length === 0) return;
    const { tally, sourceOf } = round;
    const readAt = round.now();
    const known = files.filter((file) => file.kind === "read" || file.isFinal);
    const logFiles = known.map((file) => ({ source: sourceOf(file.job), ...logFileRow(file, tally, readAt) }));
    const stored = await this.#store.acknowledge(
      logFiles,
      known.flatMap((file) => (file.kind === "read" ? rejectRows(file, tally.refusedOf(file.id)) : [])),
      this.#hours.take(logFiles.flatMap(({ id, records }) => (records > 0 ? [id] : []))),
    );
    tally.addFiles(files, stored);
    const rows = new Map(known.map((file, index) => [file, stored[index]]));
    round.onStored?.(files.map((file) => ({ job: file.job, file, stored: rows.get(file) })));
  }
}

function readerFailed(message: string): CollectError {
  return new CollectError(`Reading stopped: ${message}`, {
    code: "import-reader-failed",
    fault: "ours",
    help: "Import the same files again; what is already stored is not doubled",
  });
}

/** Each reading has spool files of its own: several may go on at once. */
async function makeSpoolFolder(parent: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = join(parent, randomUUID());
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CollectError(`The spool folder ${parent} cannot be written: ${reason}`, {
      code: "import-reader-failed",
      fault: "user",
      help: "Make room on the disk of the data folder and see who may write there, then import the same files again",
      cause,
    });
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Once for a batch, whatever number of log files it holds: who is told writes it down. */
function tellDropped({ dropped }: WriteOutcome, drops: readonly Drop[]): void {
  for (const [place, { onDropped }] of drops.entries()) {
    const events = dropped.reduce((sum, { drop, events: some }) => sum + (drop === place ? some : 0), 0);
    if (events > 0) onDropped(events);
  }
}

/** Records refused by the engine, by log file; a file may get some in one batch and end in a later one. */
function noteRefused(outcome: WriteOutcome, segments: readonly Segment[], tally: ImportTally): void {
  const { refused, refusedFor, extraRecords } = outcome;
  for (const { logFile, row, ...part } of refused) {
    const segment = segments.find(({ firstRow, rows }) => row >= firstRow && row < firstRow + rows);
    const position = tally.rowsBefore(logFile) + row - (segment?.firstRow ?? 0);
    tally.addRefused({ logFile, position, offsetBytes: 0, ...part });
  }
  for (const [logFile, counts] of refusedFor) tally.countRefused(logFile, counts);
  for (const { logFile, rows } of segments) tally.addRowsOf(logFile, rows);
  for (const [logFile, extra] of extraRecords) tally.addExtra(logFile, extra);
}

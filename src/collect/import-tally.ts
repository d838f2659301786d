import type { Reject, StoredLogFile } from "../store/index.ts";
import { archiveRead } from "./reading/file-reading.ts";
import { rejectsMax } from "./reading/log-file-reader.ts";
import type { FinishedFile, SkippedFile } from "./reading/messages.ts";

export interface ImportProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly recordsStored: number;
}

export interface RejectedRecord {
  readonly path: string;
  readonly position: number;
  readonly reason: string;
  readonly message: string;
  readonly excerpt: string;
}

/** What an import did, to the record: `recordsRead` = `eventsStored` + `duplicates` + `recordsRejected`. */
export interface ImportSummary {
  readonly filesRead: number;
  /** Read before and unchanged since. */
  readonly filesKnown: number;
  readonly filesSkipped: readonly { readonly path: string; readonly reason: string }[];
  /** Files read as far as they could be: cut off, damaged, or more than they seem. */
  readonly filesDamaged: readonly { readonly path: string; readonly reason: string }[];
  readonly recordsRead: number;
  readonly eventsStored: number;
  readonly duplicates: number;
  readonly recordsRejected: number;
  /** How many for each reason. */
  readonly rejectedFor: Readonly<Record<string, number>>;
  /** The first of them with their text. */
  readonly rejected: readonly RejectedRecord[];
  readonly seconds: number;
}

/** How many rejects and skipped files a summary lists with their text; the counts are always whole. */
const listedMax = 10_000;

export class ImportTally {
  readonly #bytesTotal: number;
  readonly #filesTotal: number;
  readonly #filesKnown: number;
  readonly #refused = new Map<bigint, Reject[]>();
  readonly #refusedFor = new Map<bigint, Map<string, number>>();
  readonly #rowsOf = new Map<bigint, number>();
  readonly #extra = new Map<bigint, number>();
  readonly #dropped = new Map<bigint, number>();
  readonly #skipped: { path: string; reason: string }[] = [];
  readonly #damaged: { path: string; reason: string }[] = [];
  readonly #rejected: RejectedRecord[] = [];
  readonly #rejectedFor = new Map<string, number>();
  #bytesDone = 0;
  #filesDone = 0;
  #rows = 0;
  #filesRead = 0;
  #recordsRead = 0;
  #eventsStored = 0;
  #duplicates = 0;
  #recordsRejected = 0;

  constructor(files: readonly { readonly sizeBytes: number }[], filesKnown: number) {
    this.#bytesTotal = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    this.#filesTotal = files.length;
    this.#filesKnown = filesKnown;
  }

  /** The first of a file's records that the engine refused, so far. */
  refusedOf(logFile: bigint): readonly Reject[] {
    return this.#refused.get(logFile) ?? [];
  }

  /** How many of a file's records the engine refused, so far. */
  refusedCount(logFile: bigint): number {
    return sumOf(this.#refusedFor.get(logFile) ?? new Map());
  }

  /** Records of a file in the batches before. */
  rowsBefore(logFile: bigint): number {
    return this.#rowsOf.get(logFile) ?? 0;
  }

  /** Records of a file that came to light only when refused ones were read again. */
  extraOf(logFile: bigint): number {
    return this.#extra.get(logFile) ?? 0;
  }

  /** Events of a file that filters left out, so far. */
  droppedOf(logFile: bigint): number {
    return this.#dropped.get(logFile) ?? 0;
  }

  addDropped(logFile: bigint, events: number): void {
    this.#dropped.set(logFile, this.droppedOf(logFile) + events);
  }

  addProgress(bytes: number, files: number): void {
    this.#bytesDone += bytes;
    this.#filesDone += files;
  }

  addRows(rows: number): void {
    this.#rows += rows;
  }

  addRefused(reject: Reject): void {
    const own = this.#refused.get(reject.logFile) ?? [];
    if (own.length < rejectsMax) own.push(reject);
    this.#refused.set(reject.logFile, own);
  }

  countRefused(logFile: bigint, counts: ReadonlyMap<string, number>): void {
    const own = this.#refusedFor.get(logFile) ?? new Map<string, number>();
    addCounts(own, counts);
    this.#refusedFor.set(logFile, own);
  }

  addRowsOf(logFile: bigint, rows: number): void {
    this.#rowsOf.set(logFile, this.rowsBefore(logFile) + rows);
  }

  addExtra(logFile: bigint, records: number): void {
    this.#extra.set(logFile, this.extraOf(logFile) + records);
  }

  addSkipped(path: string, reason: string): void {
    if (this.#skipped.length < listedMax) this.#skipped.push({ path, reason });
  }

  addFiles(files: readonly (FinishedFile | SkippedFile)[], stored: readonly StoredLogFile[]): void {
    for (const file of files) {
      if (file.kind === "skipped") {
        if (file.reason !== archiveRead) this.addSkipped(file.name, file.reason);
      } else this.#addRead(file);
    }
    for (const file of stored) {
      this.#recordsRead += file.records;
      this.#eventsStored += file.stored;
      this.#duplicates += file.duplicates;
      this.#recordsRejected += file.rejected;
      this.#refused.delete(file.id);
      this.#refusedFor.delete(file.id);
      this.#rowsOf.delete(file.id);
      this.#extra.delete(file.id);
      this.#dropped.delete(file.id);
    }
  }

  progress(): ImportProgress {
    return {
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
      filesDone: this.#filesDone,
      filesTotal: this.#filesTotal,
      recordsStored: this.#rows,
    };
  }

  summary(seconds: number): ImportSummary {
    return {
      filesRead: this.#filesRead,
      filesKnown: this.#filesKnown,
      filesSkipped: this.#skipped,
      filesDamaged: this.#damaged,
      recordsRead: this.#recordsRead,
      eventsStored: this.#eventsStored,
      duplicates: this.#duplicates,
      recordsRejected: this.#recordsRejected,
      rejectedFor: Object.fromEntries(this.#rejectedFor),
      rejected: this.#rejected,
      seconds,
    };
  }

  #addRead(file: FinishedFile): void {
    const { content, fault } = file;
    const reason = reasonToSkip(file);
    if (reason !== undefined) {
      this.addSkipped(file.name, reason);
      return;
    }
    this.#filesRead++;
    if (fault) this.#damaged.push({ path: file.name, reason: fault.message });
    addCounts(this.#rejectedFor, content.rejectedFor);
    addCounts(this.#rejectedFor, this.#refusedFor.get(file.id) ?? new Map());
    for (const reject of [...content.rejects, ...this.refusedOf(file.id)]) {
      if (this.#rejected.length >= listedMax) break;
      const { position, message, excerpt } = reject;
      this.#rejected.push({ path: file.name, position, reason: reject.reason, message, excerpt });
    }
  }
}

function addCounts(to: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [reason, count] of counts) to.set(reason, (to.get(reason) ?? 0) + count);
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Why a file that was read counts as skipped: there was nothing of CloudTrail's in it. */
export function reasonToSkip(file: FinishedFile): string | undefined {
  const { content, fault } = file;
  if (content.wrapper === "digest") return "A digest file: it proves log files and holds no events";
  if (content.wrapper !== "none" || content.records > 0) return undefined;
  if (fault) return fault.message;
  return content.rejects[0]?.message ?? "Nothing in it but white space";
}

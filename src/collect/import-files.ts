import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseObjectKey } from "../cloudtrail/index.ts";
import type { EventStore, LogFile, Reject, WriteOutcome } from "../store/index.ts";
import { CollectError } from "./errors.ts";
import { findFiles, type FoundFile } from "./find-files.ts";
import { archiveRead } from "./reading/file-reading.ts";
import type { FinishedFile, ReadJob, SkippedFile } from "./reading/messages.ts";
import type { Segment } from "./reading/spool-queue.ts";
import { startReader } from "./reading/reader.ts";
import { readCarefully } from "./read-carefully.ts";
import { ImportTally, reasonToSkip, type ImportProgress, type ImportSummary } from "./import-tally.ts";

export interface ImportRequest {
  /** Files, folders, archives, globs. */
  readonly paths: readonly string[];
  readonly workingDirectory: string;
}

export interface ImportContext {
  readonly store: EventStore;
  readonly now: () => number;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
  /** Bytes of records in one insert; more is faster and takes more memory. */
  readonly batchBytes?: number;
}

/** `source` of files that a person imported from disk. */
const imported = "file";
/** Files up to this size in all are written without holding the engine's merges back. */
const quietBytesMax = 64 * 1024 * 1024;
/** Files are acknowledged for several batches together: each time costs a flush to disk. */
const batchesAtOnce = 4;
const filesAtOnce = 2_000;
const batchBytesDefault = 128 * 1024 * 1024;

/**
 * Reads log files from disk into the store. A file counts as read only when all its events are stored; stopped or
 * killed at any moment, doing it again completes it and doubles nothing.
 */
export async function importFiles(request: ImportRequest, context: ImportContext): Promise<ImportSummary> {
  const began = context.now();
  const found = await findFiles(request.paths, request.workingDirectory);
  const seen = await context.store.seenVersions(imported);
  const fresh = found.files.filter((file) => seen.get(file.path) !== file.version);
  const tally = new ImportTally(fresh, found.files.length - fresh.length);
  for (const { path, reason } of found.skipped) tally.addSkipped(path, reason);
  await readAll(fresh, imported, context, tally);
  return tally.summary((context.now() - began) / 1000);
}

/** Reads files that a source has fetched; `source` is what they are listed under. All are read, known or not. */
export async function readFetched(
  files: readonly FoundFile[],
  source: string,
  context: ImportContext,
): Promise<ImportSummary> {
  const began = context.now();
  const tally = new ImportTally(files, 0);
  await readAll(files, source, context, tally);
  return tally.summary((context.now() - began) / 1000);
}

async function readAll(
  files: readonly FoundFile[],
  source: string,
  context: ImportContext,
  tally: ImportTally,
): Promise<void> {
  if (files.length === 0) return;
  const isLarge = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > quietBytesMax;
  await using bulk = isLarge ? await context.store.beginBulk() : undefined;
  await using spool = await makeSpoolFolder(context.store.spoolDirectory);
  await using reader = startReader({
    spoolDirectory: spool.path,
    batchBytes: context.batchBytes ?? batchBytesDefault,
  });
  const paths = new Map(files.map(({ path, name = path }) => [name, path]));
  reader.read(files);
  const finished: (FinishedFile | SkippedFile)[] = [];
  /** Files that have to be read once more, with care. */
  const again: ReadJob[] = [];
  let batches = 0;
  for await (const message of reader.messages()) {
    context.signal?.throwIfAborted();
    if (message.kind === "progress") tally.addProgress(message.bytes, message.files);
    else if (message.kind === "batch") {
      const wrong = new Set<bigint>();
      if (message.batch) {
        const outcome = await context.store.write(message.batch, readCarefully);
        reader.release();
        for (const logFile of outcome.wronglyCut) wrong.add(logFile);
        const segments = message.batch.segments.filter(({ logFile }) => !wrong.has(logFile));
        noteRefused(outcome, segments, tally);
        batches++;
        tally.addRows(segments.reduce((sum, { rows }) => sum + rows, 0));
        await bulk?.check();
      }
      for (const file of message.files) {
        if (wrong.has(file.id))
          again.push({
            path: paths.get(file.name) ?? file.name,
            name: file.name,
            sizeBytes: 0,
            version: file.version,
            isCareful: true,
          });
        else finished.push(file);
      }
      if (batches % batchesAtOnce === 0 || finished.length >= filesAtOnce) {
        await acknowledge(finished.splice(0), source, tally, context);
      }
    } else if (message.kind === "read") {
      if (again.length > 0) reader.read(again.splice(0));
      else reader.end();
    } else if (message.kind === "failed") {
      throw new CollectError(`Reading stopped: ${message.message}`, {
        code: "import-reader-failed",
        fault: "ours",
        help: "Import the same files again; what is already stored is not doubled",
      });
    }
    context.onProgress?.(tally.progress());
  }
  await acknowledge(finished, source, tally, context);
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

async function acknowledge(
  files: readonly (FinishedFile | SkippedFile)[],
  source: string,
  tally: ImportTally,
  context: ImportContext,
): Promise<void> {
  if (files.length === 0) return;
  const readAt = context.now();
  const known = files.filter((file) => file.kind === "read" || file.isFinal);
  const rejects = known.flatMap((file) => (file.kind === "read" ? rejectsOf(file, tally.refusedOf(file.id)) : []));
  const stored = await context.store.acknowledge(
    known.map((file) => ({ source, ...toLogFile(file, tally, readAt) })),
    rejects,
  );
  tally.addFiles(files, stored);
}

function rejectsOf(file: FinishedFile, refused: readonly Reject[]): Reject[] {
  return [...file.content.rejects.map((part) => ({ logFile: file.id, ...part })), ...refused];
}

function toLogFile(file: FinishedFile | SkippedFile, tally: ImportTally, readAt: number): Omit<LogFile, "source"> {
  const key = parseObjectKey(file.name.slice(file.name.lastIndexOf("!") + 1));
  const common = {
    id: file.id,
    name: file.name,
    version: file.version,
    deliveredAt: key.ok ? key.key.deliveredAt : undefined,
    readAt,
  };
  if (file.kind === "skipped") {
    const kind = file.reason === archiveRead ? "archive" : "skipped";
    return {
      ...common,
      kind,
      sizeBytes: 0,
      sha256: "",
      records: 0,
      rejected: 0,
      note: kind === "archive" ? "" : file.reason,
    };
  }
  const { content, fault } = file;
  const reason = reasonToSkip(file);
  if (reason !== undefined) {
    const kind = content.wrapper === "digest" ? "digest" : "skipped";
    return {
      ...common,
      kind,
      sizeBytes: content.sizeBytes,
      sha256: content.sha256,
      records: 0,
      rejected: 0,
      note: reason,
    };
  }
  return {
    ...common,
    kind: content.wrapper,
    sizeBytes: content.sizeBytes,
    sha256: content.sha256,
    records: content.records + content.rejected + tally.extraOf(file.id),
    rejected: content.rejected + tally.refusedCount(file.id),
    note: fault?.message ?? "",
  };
}

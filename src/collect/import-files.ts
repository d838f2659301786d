import type { EventStore } from "../store/index.ts";
import { findFiles, type FoundFile } from "./find-files.ts";
import { ImportTally, type ImportProgress, type ImportSummary } from "./import-tally.ts";
import { ReadingSession } from "./reading-session.ts";

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
const batchBytesDefault = 256 * 1024 * 1024;
/** Reading alone would leave a processor idle until the first batch is full. */
const firstBatchBytes = 16 * 1024 * 1024;

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
  await readAll(fresh, context, tally);
  return tally.summary((context.now() - began) / 1000);
}

async function readAll(files: readonly FoundFile[], context: ImportContext, tally: ImportTally): Promise<void> {
  if (files.length === 0) return;
  const isLarge = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > quietBytesMax;
  await using bulk = isLarge ? await context.store.beginBulk() : undefined;
  await using session = await ReadingSession.open(context.store, {
    batchBytes: context.batchBytes ?? batchBytesDefault,
    firstBatchBytes,
  });
  await session.read({
    jobs: files.map(({ path, sizeBytes, version }) => ({ from: path, name: path, sizeBytes, version })),
    sourceOf: () => imported,
    tally,
    now: context.now,
    onProgress: () => context.onProgress?.(tally.progress()),
    onBatch: async () => bulk?.check(),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
}

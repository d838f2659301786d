import { rm, writeFile } from "node:fs/promises";
import { quoteText as quote } from "../predicate/index.ts";

/** Of more log files the engine reads from a file which they are: a statement may not be that long. */
const namedMax = 500;

/** A condition on the rows of a spool file: they are of no log file that is left out. */
export function notOf(path: string, logFiles: readonly bigint[]): string[] {
  if (logFiles.length === 0) return [];
  const list = logFiles.length > namedMax ? listIn(path) : logFiles.join(", ");
  return [`log_file NOT IN (${list})`];
}

function listIn(path: string): string {
  return `SELECT log_file FROM file(${quote(listPath(path))}, 'RowBinary', 'log_file UInt64')`;
}

function listPath(path: string): string {
  return `${path}.left-out`;
}

/** Lays the log files to leave out beside a spool file, for statements about it, until it is disposed of. */
export async function layLeftOut(path: string, logFiles: readonly bigint[]): Promise<AsyncDisposable> {
  if (logFiles.length > namedMax) {
    const bytes = Buffer.alloc(logFiles.length * 8);
    for (const [index, logFile] of logFiles.entries()) bytes.writeBigUInt64LE(logFile, index * 8);
    await writeFile(listPath(path), bytes, { mode: 0o600 });
  }
  return { [Symbol.asyncDispose]: () => rm(listPath(path), { force: true }) };
}

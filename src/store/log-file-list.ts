import { quoteText as quote } from "../predicate/index.ts";
import type { Engine } from "./engine/engine.ts";
import { logFilesTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

/** A log file as people are shown it. */
export interface LogFileDetails {
  readonly id: string;
  readonly source: string;
  readonly name: string;
  readonly version: string;
  readonly kind: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Events that a filter left out. */
  readonly dropped: number;
  readonly deliveredAt: number | undefined;
  readonly readAt: number;
  readonly note: string;
  /** One, as CloudTrail writes it; more, or bytes behind the last, are a sign that somebody else wrote in the object. */
  readonly gzipMembers: number;
  readonly bytesBehind: number;
}

const shown =
  "toString(log_file), source, name, version, kind, size, lower(hex(sha256)), records, stored, duplicates, rejected, dropped, " +
  "toUnixTimestamp(delivered_at), toUnixTimestamp64Milli(read_at), note, gzip_members, bytes_behind";

type ShownRow = [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  number | null,
  string,
  string,
  number,
  string,
];

export async function logFileById(engine: Engine, id: string): Promise<LogFileDetails | undefined> {
  const where = `log_file = toUInt64OrZero(${quote(id)})`;
  return (await select(engine, `WHERE ${where} LIMIT 1`))[0];
}

/** The files read last. */
export async function recentLogFiles(engine: Engine, limit: number): Promise<LogFileDetails[]> {
  return select(engine, `ORDER BY read_at DESC, name LIMIT ${limit}`);
}

async function select(engine: Engine, tail: string): Promise<LogFileDetails[]> {
  const rows = await engine.query(`SELECT ${shown} FROM ${logFilesTable} FINAL ${tail}`, {
    format: "JSONCompactEachRow",
  });
  return parseRows<ShownRow>(rows).map(
    ([
      fileId,
      source,
      name,
      version,
      kind,
      size,
      sha256,
      records,
      stored,
      duplicates,
      rejected,
      dropped,
      delivered,
      readAt,
      note,
      gzipMembers,
      bytesBehind,
    ]) => ({
      id: fileId,
      source,
      name,
      version,
      kind,
      sizeBytes: Number(size),
      sha256,
      records: Number(records),
      stored: Number(stored),
      duplicates: Number(duplicates),
      rejected: Number(rejected),
      dropped: Number(dropped),
      deliveredAt: delivered === null ? undefined : delivered * 1000,
      readAt: Number(readAt),
      note,
      gzipMembers,
      bytesBehind: Number(bytesBehind),
    }),
  );
}

import type { Engine } from "../engine/engine.ts";
import { whereOf, type EventFilter } from "../filter.ts";
import { parseRows } from "../rows.ts";
import { eventsTable, logFilesTable } from "../schema.ts";
import { quotedLists } from "../lists.ts";
import type { ReadLogFile } from "./proof-rows.ts";

const json = { format: "JSONCompactEachRow" };

const columns =
  "toString(log_file), name, lower(hex(sha256)), toString(gzip_members), toString(bytes_behind), note, " +
  "toString(toUnixTimestamp(delivered_at)), toString(toUnixTimestamp64Milli(read_at)), toString(records), toString(stored)";

type ReadTuple = [
  logFile: string,
  name: string,
  sha256: string,
  gzipMembers: string,
  bytesBehind: string,
  note: string,
  deliveredAt: string | null,
  readAt: string,
  records: string,
  stored: string,
];

async function select(engine: Engine, tail: string): Promise<ReadLogFile[]> {
  const sql = `SELECT ${columns} FROM ${logFilesTable} FINAL ${tail}`;
  return parseRows<ReadTuple>(await engine.query(sql, json)).map((row) => {
    const [logFile, name, sha256, gzipMembers, bytesBehind, note, deliveredAt, readAt, records, stored] = row;
    return {
      logFile,
      name,
      sha256,
      gzipMembers: Number(gzipMembers),
      bytesBehind: Number(bytesBehind),
      note,
      deliveredAt: deliveredAt === null ? undefined : Number(deliveredAt) * 1000,
      readAt: Number(readAt),
      records: Number(records),
      stored: Number(stored),
    };
  });
}

/** A digest that is listed among log files is none. */
export const isLogFile = "kind NOT IN ('digest', 'archive')";

/** Of log files with these names, those that were read; where two sources did, the last reading. */
export async function readLogFiles(engine: Engine, names: readonly string[]): Promise<Map<string, ReadLogFile>> {
  const found = new Map<string, ReadLogFile>();
  for (const list of quotedLists(names)) {
    const rows = await select(engine, `WHERE name IN (${list}) AND ${isLogFile} ORDER BY read_at`);
    for (const row of rows) found.set(row.name, row);
  }
  return found;
}

/** Those that brought most of a selection's events first. */
export async function logFilesOf(
  engine: Engine,
  filter: EventFilter,
  limit: number,
): Promise<{ readonly logFile: string; readonly events: number }[]> {
  const sql = `SELECT toString(log_file), toString(count()) FROM ${eventsTable} WHERE ${whereOf(filter)}
GROUP BY log_file ORDER BY count() DESC, log_file LIMIT ${Math.trunc(limit)}`;
  const rows = parseRows<[string, string]>(await engine.query(sql, json));
  return rows.map(([logFile, events]) => ({ logFile, events: Number(events) }));
}

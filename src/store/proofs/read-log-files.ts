import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { whereOf, type EventFilter } from "../filter.ts";
import { instant } from "../insert.ts";
import { parseRows } from "../rows.ts";
import { eventsTable, logFilesTable, verdictsTable } from "../schema.ts";
import { quotedLists } from "./lists.ts";
import type { ReadLogFile, VerdictSelection } from "./proof-rows.ts";

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
const isLogFile = "kind NOT IN ('digest', 'archive')";

/** Of log files with these names, those that were read; where two sources did, the last reading. */
export async function readLogFiles(engine: Engine, names: readonly string[]): Promise<Map<string, ReadLogFile>> {
  const found = new Map<string, ReadLogFile>();
  for (const list of quotedLists(names)) {
    const rows = await select(engine, `WHERE name IN (${list}) AND ${isLogFile} ORDER BY read_at`);
    for (const row of rows) found.set(row.name, row);
  }
  return found;
}

/** Account and region, as a key tells them. */
const folderPattern = String.raw`(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?(\d{12})/CloudTrail(?:-[A-Za-z]+)?/([a-z0-9-]+)/`;

const deliveredAt = "ifNull(delivered_at, toDateTime(0, 'UTC'))";

/**
 * A file that was read anew has another id, so that what was said of it before is no verdict on it. The oldest delivery
 * first.
 */
export async function listUnjudged(
  engine: Engine,
  { accountId, region, from, to, verdicts }: VerdictSelection & { readonly verdicts: readonly string[] },
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<ReadLogFile[]> {
  const folder = `extractGroups(name, ${quote(folderPattern)})`;
  const among = verdicts.map((verdict) => quote(verdict)).join(", ");
  const isAsked =
    verdicts.length === 0
      ? ""
      : ` OR log_file IN (SELECT log_file FROM ${verdictsTable} FINAL WHERE verdict IN (${among}))`;
  const where = [
    `(log_file NOT IN (SELECT log_file FROM ${verdictsTable} FINAL)${isAsked})`,
    "startsWith(name, 's3://')",
    isLogFile,
    ...(from === undefined ? [] : [`delivered_at >= ${instant(from)}`]),
    ...(to === undefined ? [] : [`delivered_at < ${instant(to)}`]),
    ...(accountId === undefined ? [] : [`${folder}[1] = ${quote(accountId)}`]),
    ...(region === undefined ? [] : [`${folder}[2] = ${quote(region)}`]),
    ...(after === undefined ? [] : await behind(engine, after)),
  ].join(" AND ");
  const names = `SELECT source, name FROM ${logFilesTable} WHERE ${where}`;
  return select(
    engine,
    `WHERE (source, name) IN (${names}) AND ${where} ORDER BY ${deliveredAt}, name, read_at DESC LIMIT 1 BY name LIMIT ${Math.trunc(limit)}`,
  );
}

async function behind(engine: Engine, after: string): Promise<string[]> {
  const last = (await readLogFiles(engine, [after])).get(after);
  if (last === undefined) return ["0"];
  const at = `toDateTime(${Math.trunc((last.deliveredAt ?? 0) / 1000)}, 'UTC')`;
  return [`(${deliveredAt}, name) > (${at}, ${quote(after)})`];
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

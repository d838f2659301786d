import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { whereOf, type EventFilter } from "../filter.ts";
import { instant } from "../insert.ts";
import { parseRows } from "../rows.ts";
import { eventsTable, logFilesTable, verdictsTable } from "../schema.ts";
import { quotedLists } from "./lists.ts";
import type { ReadLogFile, VerdictSelection } from "./proof-rows.ts";
import { sameTimeSetting } from "./selection.ts";

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
  selection: VerdictSelection & { readonly verdicts: readonly string[] },
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<ReadLogFile[]> {
  const last = after === undefined ? undefined : (await readLogFiles(engine, [after])).get(after);
  if (after !== undefined && last === undefined) return [];
  const found = new Map<string, ReadLogFile>();
  for (let place = last && placeOf(last.deliveredAt, last.name); ;) {
    const candidates = await readCandidates(engine, selection, place, limit);
    for (const file of await stillCounting(engine, candidates)) {
      if (found.size < limit) found.set(file.name, file);
    }
    const end = candidates.at(-1);
    if (found.size >= limit || candidates.length < limit || end === undefined) return [...found.values()];
    place = placeOf(end.deliveredAt, end.name);
  }
}

function placeOf(at: number | undefined, name: string): string {
  return `(toDateTime(${Math.trunc((at ?? 0) / 1000)}, 'UTC'), ${quote(name)})`;
}

interface Candidate {
  readonly logFile: string;
  readonly name: string;
  readonly deliveredAt: number;
}

/** Readings without a verdict, those among them that were replaced since; so that not all are read to tell which. */
async function readCandidates(
  engine: Engine,
  { accountId, region, from, to, verdicts }: VerdictSelection & { readonly verdicts: readonly string[] },
  place: string | undefined,
  limit: number,
): Promise<Candidate[]> {
  const folder = `extractGroups(name, ${quote(folderPattern)})`;
  const span = [
    ...(from === undefined ? [] : [`delivered_at >= ${instant(from)}`]),
    ...(to === undefined ? [] : [`delivered_at < ${instant(to)}`]),
  ];
  const asked = ["", ...verdicts].map((verdict) => quote(verdict)).join(", ");
  const judged = [`verdict NOT IN (${asked})`, ...span].join(" AND ");
  const where = [
    `log_file NOT IN (SELECT log_file FROM ${verdictsTable} FINAL WHERE ${judged})`,
    "startsWith(name, 's3://')",
    isLogFile,
    ...span,
    ...(accountId === undefined ? [] : [`${folder}[1] = ${quote(accountId)}`]),
    ...(region === undefined ? [] : [`${folder}[2] = ${quote(region)}`]),
    ...(place === undefined ? [] : [`(${deliveredAt}, name) > ${place}`]),
  ].join(" AND ");
  const sql = `SELECT toString(log_file), name, toUnixTimestamp(${deliveredAt}) FROM ${logFilesTable} WHERE ${where}
ORDER BY ${deliveredAt}, name LIMIT ${Math.trunc(limit)} WITH TIES ${sameTimeSetting}`;
  const rows = parseRows<[string, string, number]>(await engine.query(sql, json));
  return rows.map(([logFile, name, at]) => ({ logFile, name, deliveredAt: at * 1000 }));
}

/** In the order given. */
async function stillCounting(engine: Engine, candidates: readonly Candidate[]): Promise<ReadLogFile[]> {
  const now = await readLogFiles(
    engine,
    candidates.map(({ name }) => name),
  );
  return candidates.flatMap(({ logFile, name }) => {
    const file = now.get(name);
    return file?.logFile === logFile ? [file] : [];
  });
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

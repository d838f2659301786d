import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { instant } from "../insert.ts";
import { parseRows } from "../rows.ts";
import { logFilesTable, verdictsTable } from "../schema.ts";
import type { ReadLogFile, ReadSpan, UnjudgedSelection } from "./proof-rows.ts";
import { isLogFile, readLogFiles } from "./read-log-files.ts";
import { sameTimeSetting } from "./selection.ts";

const json = { format: "JSONCompactEachRow" };

/** Account and region, as a key tells them. */
const folderPattern = String.raw`(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?(\d{12})/CloudTrail(?:-[A-Za-z]+)?/([a-z0-9-]+)/`;

const deliveredAt = "ifNull(delivered_at, toDateTime(0, 'UTC'))";

/**
 * A file that was read anew has another id, so that what was said of it before is no verdict on it. The oldest delivery
 * first.
 */
export async function listUnjudged(
  engine: Engine,
  selection: UnjudgedSelection,
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
  { accountId, region, from, to, verdicts, readSince, isUndated = false }: UnjudgedSelection,
  place: string | undefined,
  limit: number,
): Promise<Candidate[]> {
  const folder = `extractGroups(name, ${quote(folderPattern)})`;
  const span = [
    ...(from === undefined ? [] : [`delivered_at >= ${instant(from)}`]),
    ...(to === undefined ? [] : [`delivered_at < ${instant(to)}`]),
  ];
  const asked = ["", ...verdicts].map((verdict) => quote(verdict)).join(", ");
  const few = [
    ...(readSince === undefined ? [] : [`read_at >= ${instant(readSince)}`]),
    ...(isUndated ? ["delivered_at IS NULL"] : []),
  ];
  const own = `log_file IN (SELECT log_file FROM ${logFilesTable} WHERE ${few.join(" AND ")})`;
  const within = ["1", ...span, ...(few.length === 0 ? [] : [own])].join(" AND ");
  // An id is one reading: any row that names it is a verdict on it, and which rows still count need not be found out.
  const without = `log_file NOT IN (SELECT log_file FROM ${verdictsTable} WHERE ${within})`;
  const withOne = `log_file IN (SELECT log_file FROM ${verdictsTable} FINAL WHERE verdict IN (${asked}) AND ${within})`;
  // Names are long: of all that have their verdict, they are never read.
  const first = [...span, ...few, verdicts.length === 0 ? without : `(${without} OR ${withOne})`].join(" AND ");
  const where = [
    "startsWith(name, 's3://')",
    isLogFile,
    ...(accountId === undefined ? [] : [`${folder}[1] = ${quote(accountId)}`]),
    ...(region === undefined ? [] : [`${folder}[2] = ${quote(region)}`]),
    ...(place === undefined ? [] : [`(${deliveredAt}, name) > ${place}`]),
  ].join(" AND ");
  const sql = `SELECT toString(log_file), name, toUnixTimestamp(${deliveredAt}) FROM ${logFilesTable} PREWHERE ${first} WHERE ${where}
ORDER BY ${deliveredAt}, name LIMIT ${Math.trunc(limit)} WITH TIES ${sameTimeSetting}`;
  const rows = parseRows<[string, string, number]>(await engine.query(sql, json));
  return rows.map(([logFile, name, at]) => ({ logFile, name, deliveredAt: at * 1000 }));
}

/** In the order given. */
async function stillCounting(engine: Engine, candidates: readonly Candidate[]): Promise<ReadLogFile[]> {
  const names = candidates.map(({ name }) => name).sort();
  const now = await readLogFiles(engine, names);
  return candidates.flatMap(({ logFile, name }) => {
    const file = now.get(name);
    return file?.logFile === logFile ? [file] : [];
  });
}

/** When log files of buckets were delivered and read, by all that were. */
export async function readSpan(engine: Engine): Promise<ReadSpan | undefined> {
  const sql = `SELECT toString(count()), toUnixTimestamp(min(delivered_at)), toUnixTimestamp(max(delivered_at)), toString(toUnixTimestamp64Milli(max(read_at)))
FROM ${logFilesTable} WHERE ${isLogFile}`;
  const [row] = parseRows<[string, number | null, number | null, string]>(await engine.query(sql, json));
  if (row === undefined || row[0] === "0") return undefined;
  const [, from, to, readUntil] = row;
  return {
    deliveredFrom: from === null ? undefined : from * 1000,
    deliveredTo: to === null ? undefined : to * 1000,
    readUntil: Number(readUntil),
  };
}

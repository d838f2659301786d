import { quoteText as quote } from "../../predicate/index.ts";
import type { Engine } from "../engine/engine.ts";
import { instant } from "../insert.ts";
import { parseRows } from "../rows.ts";
import { verdictsByFileTable, verdictsTable } from "../schema.ts";
import { idLists, quotedLists } from "../lists.ts";
import type { VerdictRow, VerdictSelection } from "./proof-rows.ts";
import { sameTimeSetting, selectedIn } from "./selection.ts";

const json = { format: "JSONCompactEachRow" };

const columns =
  "name, toString(log_file), account_id, region, toString(toUnixTimestamp64Milli(delivered_at)), verdict, reason, digest, " +
  "toString(toUnixTimestamp64Milli(chain_since)), toString(toUnixTimestamp64Milli(due_at)), " +
  "toString(toUnixTimestamp64Milli(judged_at))";

type VerdictTuple = [
  name: string,
  logFile: string,
  accountId: string,
  region: string,
  deliveredAt: string,
  verdict: string,
  reason: string,
  digest: string,
  chainSince: string | null,
  dueAt: string | null,
  judgedAt: string,
];

async function select(engine: Engine, tail: string, table = verdictsTable): Promise<VerdictRow[]> {
  const sql = `SELECT ${columns} FROM ${table} FINAL ${tail} ${sameTimeSetting}`;
  return parseRows<VerdictTuple>(await engine.query(sql, json)).map((row) => {
    const [name, logFile, accountId, region, deliveredAt, verdict, reason, digest, chainSince, dueAt, judgedAt] = row;
    return {
      name,
      logFile,
      accountId,
      region,
      deliveredAt: Number(deliveredAt),
      verdict,
      reason,
      digest,
      chainSince: chainSince === null ? undefined : Number(chainSince),
      dueAt: dueAt === null ? undefined : Number(dueAt),
      judgedAt: Number(judgedAt),
    };
  });
}

/** Verdicts on log files with these names. */
export async function readVerdicts(engine: Engine, names: readonly string[]): Promise<Map<string, VerdictRow>> {
  const found = new Map<string, VerdictRow>();
  for (const list of quotedLists(names)) {
    for (const row of await select(engine, `WHERE name IN (${list})`)) found.set(row.name, row);
  }
  return found;
}

/** Verdicts on log files with these ids: each is one reading of a file, and keeps what was said of it. */
export async function readVerdictsOf(engine: Engine, logFiles: readonly string[]): Promise<Map<string, VerdictRow>> {
  const found = new Map<string, VerdictRow>();
  for (const list of idLists(logFiles)) {
    const rows = await select(engine, `WHERE log_file IN (${list})`, verdictsByFileTable);
    for (const row of rows) found.set(row.logFile, row);
  }
  return found;
}

/** The oldest delivery first. */
export async function listVerdicts(
  engine: Engine,
  selection: VerdictSelection,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<VerdictRow[]> {
  const where = ["1", ...selectedIn("delivered_at", selection)];
  if (after !== undefined) {
    const last = (await readVerdicts(engine, [after])).get(after);
    if (last === undefined) return [];
    const at = instant(last.deliveredAt);
    where.push(`delivered_at >= ${at}`, `(delivered_at, name) > (${at}, ${quote(after)})`);
  }
  return select(engine, `WHERE ${where.join(" AND ")} ORDER BY delivered_at, name LIMIT ${Math.trunc(limit)}`);
}

/** Proven log files of buckets, last looked at before an instant; another seed gives others. */
export async function sampleProven(
  engine: Engine,
  { before, limit, seed }: { readonly before: number; readonly limit: number; readonly seed: number },
): Promise<VerdictRow[]> {
  const proven = `verdict = 'proven' AND judged_at < ${instant(before)} AND startsWith(name, 's3://')`;
  const names = `SELECT name FROM ${verdictsTable} FINAL WHERE ${proven}
ORDER BY sipHash64(${Math.trunc(seed)}, log_file, name), name LIMIT ${Math.trunc(limit)}`;
  return select(engine, `WHERE name IN (${names}) ORDER BY name`);
}

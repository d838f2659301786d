import type { Engine } from "../engine/engine.ts";
import { instant } from "../insert.ts";
import { parseRows } from "../rows.ts";
import { digestVerdictsTable, verdictsTable } from "../schema.ts";
import type { CountedIn, VerdictHour, VerdictSelection } from "./proof-rows.ts";
import { sameTimeSetting, selectedIn } from "./selection.ts";

const json = { format: "JSONCompactEachRow" };
const hourMs = 3_600_000;
/** A window is an hour long; one that claims more than this counts with its end. */
const windowMaxMs = 48 * hourMs;

export interface DigestsBy {
  readonly by: "window" | "end";
}

/** Log files by the hour of their delivery, the oldest first. */
export async function countVerdictHours(
  engine: Engine,
  selection: VerdictSelection,
  { spanMs = hourMs, limit }: CountedIn,
): Promise<VerdictHour[]> {
  const where = ["1", ...selectedIn("delivered_at", selection)].join(" AND ");
  const spans = `SELECT account_id, region, verdict, intDiv(toUnixTimestamp64Milli(delivered_at), ${Math.trunc(spanMs)}) AS span
FROM ${verdictsTable} FINAL WHERE ${where}`;
  return count(engine, spans, { spanMs, limit }, sameTimeSetting);
}

/** Digests by the hours that their windows cover some of, or by the hour of their ends. */
export async function countDigestHours(
  engine: Engine,
  { from, to, ...selection }: VerdictSelection,
  { spanMs = hourMs, limit, by }: CountedIn & DigestsBy,
): Promise<VerdictHour[]> {
  const span = Math.trunc(spanMs);
  const end = "toUnixTimestamp64Milli(ends_at)";
  if (by === "end") {
    const selected = { ...selection, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const where = ["1", ...selectedIn("ends_at", selected)].join(" AND ");
    const spans = `SELECT account_id, region, verdict, intDiv(${end}, ${span}) AS span FROM ${digestVerdictsTable} FINAL WHERE ${where}`;
    return count(engine, spans, { spanMs, limit }, sameTimeSetting);
  }
  const start = `greatest(least(ifNull(toUnixTimestamp64Milli(starts_at), ${end} - 1), ${end} - 1), ${end} - ${windowMaxMs})`;
  const where = [
    "1",
    ...selectedIn("ends_at", selection),
    ...(from === undefined ? [] : [`ends_at > ${instant(from)}`]),
    // The first condition is for the index.
    ...(to === undefined ? [] : [`ends_at < ${instant(to + windowMaxMs)}`, `${start} < ${Math.trunc(to)}`]),
  ].join(" AND ");
  const asked = [
    ...(from === undefined ? [] : [`span >= ${Math.floor(from / span)}`]),
    ...(to === undefined ? [] : [`span * ${span} < ${Math.trunc(to)}`]),
  ];
  const spans = `SELECT account_id, region, verdict, arrayJoin(range(intDiv(${start}, ${span}), intDiv(${end} - 1, ${span}) + 1)) AS span
FROM ${digestVerdictsTable} FINAL WHERE ${where}`;
  return count(
    engine,
    `SELECT * FROM (${spans}) WHERE ${["1", ...asked].join(" AND ")}`,
    { spanMs, limit },
    sameTimeSetting,
  );
}

async function count(
  engine: Engine,
  spans: string,
  { spanMs, limit }: { readonly spanMs: number; readonly limit: number | undefined },
  settings: string,
): Promise<VerdictHour[]> {
  const sql = `SELECT account_id, region, toString(span), groupArray(verdict), groupArray(toString(files)) FROM (
SELECT account_id, region, span, verdict, count() AS files FROM (${spans}) GROUP BY account_id, region, span, verdict ORDER BY verdict)
GROUP BY account_id, region, span ORDER BY span, account_id, region${limit === undefined ? "" : ` LIMIT ${Math.trunc(limit)}`} ${settings}`;
  const rows = parseRows<[string, string, string, string[], string[]]>(await engine.query(sql, json));
  return rows.map(([accountId, region, span, verdicts, counts]) => ({
    accountId,
    region,
    hour: Number(span) * spanMs,
    counts: Object.fromEntries(verdicts.map((verdict, index) => [verdict, Number(counts[index])])),
  }));
}

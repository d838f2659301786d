import { quoteText as quote, textHashSql, valuesSql, type FieldPath } from "../predicate/index.ts";
import { eventTable } from "./columns.ts";
import type { Engine } from "./engine/engine.ts";
import { countSettings, whereOf, type EventFilter } from "./filter.ts";
import { instant } from "./insert.ts";
import { eventsTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface TopValuesRequest extends EventFilter {
  readonly path: FieldPath;
  readonly limit: number;
  /** Only values that contain this, in either case. */
  readonly contains?: string | undefined;
}

/** The most frequent values of a field, with how many events have each; events without the field are left out. */
export async function topValues(
  engine: Engine,
  request: TopValuesRequest,
  signal?: AbortSignal,
): Promise<ValueCount[]> {
  const column = eventTable.columnFor(request.path);
  if (column?.type === "text" && column.hash !== undefined && !request.contains) {
    return topHashed(engine, request, { name: column.name, hash: column.hash }, signal);
  }
  const { from, having } = valueSource(request);
  const sql = `SELECT value, count() AS events FROM (${from}) WHERE ${having}
GROUP BY value ORDER BY events DESC, value LIMIT ${request.limit}`;
  const rows = parseRows<[string, string | number]>(await engine.query(sql, { format: "JSONCompactEachRow", signal }));
  return rows.map(([value, count]) => ({ value, count: Number(count) }));
}

/**
 * The same by the texts' hashes, which are read in a quarter of the time: the texts themselves are looked up for the few
 * that were found, each where it was seen last. What differs in case only counts as one.
 */
async function topHashed(
  engine: Engine,
  request: TopValuesRequest,
  { name, hash }: { readonly name: string; readonly hash: string },
  signal?: AbortSignal,
): Promise<ValueCount[]> {
  const counted = await engine.query(
    `SELECT toString(${hash}), count() AS events, toUnixTimestamp64Milli(max(event_time)) FROM ${eventsTable}
WHERE ${whereOf(request)} AND ${hash} != ${textHashSql("''")}
GROUP BY ${hash} ORDER BY events DESC, ${hash} LIMIT ${request.limit} ${countSettings(request)}`,
    { format: "JSONCompactEachRow", signal },
  );
  const top = parseRows<[string, string | number, string | number]>(counted);
  if (top.length === 0) return [];
  const times = [...new Set(top.map(([, , at]) => instant(Number(at))))].join(", ");
  const hashes = top.map(([one]) => one).join(", ");
  const named = await engine.query(
    `SELECT toString(${hash}), max(${name}) FROM ${eventsTable}
WHERE event_time IN (${times}) AND ${hash} IN (${hashes}) GROUP BY ${hash}`,
    { format: "JSONCompactEachRow", signal },
  );
  const texts = new Map(parseRows<[string, string]>(named));
  return top
    .flatMap(([one, events]) => {
      const value = texts.get(one);
      return value === undefined ? [] : [{ value, count: Number(events) }];
    })
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function valueSource(request: TopValuesRequest): { from: string; having: string } {
  const where = whereOf(request);
  const column = eventTable.columnFor(request.path);
  const contains = request.contains ? ` AND positionCaseInsensitive(value, ${quote(request.contains)}) > 0` : "";
  if (column?.type === "boolean") {
    const from = `SELECT if(${column.name}, 'true', 'false') AS value FROM ${eventsTable} WHERE ${where} AND ${column.name} IS NOT NULL`;
    return { from, having: `1${contains}` };
  }
  if (column?.type === "text") {
    return {
      from: `SELECT ${column.name} AS value FROM ${eventsTable} WHERE ${where}`,
      having: `value != ''${contains}`,
    };
  }
  const values = column?.type === "texts" ? column.name : valuesSql(request.path, eventTable);
  return {
    from: `SELECT arrayJoin(arrayDistinct(${values})) AS value FROM ${eventsTable} WHERE ${where}`,
    having: `1${contains}`,
  };
}

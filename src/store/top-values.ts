import { quoteText as quote, valuesSql, type FieldPath } from "../predicate/index.ts";
import { eventTable } from "./columns.ts";
import type { Engine } from "./engine/engine.ts";
import { whereOf, type EventFilter } from "./filter.ts";
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
  const { from, having } = valueSource(request);
  const sql = `SELECT value, count() AS events FROM (${from}) WHERE ${having}
GROUP BY value ORDER BY events DESC, value LIMIT ${request.limit}`;
  const rows = parseRows<[string, string | number]>(await engine.query(sql, { format: "JSONCompactEachRow", signal }));
  return rows.map(([value, count]) => ({ value, count: Number(count) }));
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

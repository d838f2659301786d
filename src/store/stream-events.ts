import type { Engine } from "./engine/engine.ts";
import { whereOf, type EventFilter } from "./filter.ts";
import { orderOf } from "./read-events.ts";
import { readRows, type RowAt, textAt } from "./rows.ts";
import { eventsTable } from "./schema.ts";

/** The exact bytes of every record asked for, one by one, in time order, in bounded memory. */
export async function* streamRaw(
  engine: Engine,
  request: EventFilter & {
    readonly order: "newest" | "oldest";
    readonly limit?: number | undefined;
  },
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const direction = request.order === "newest" ? "DESC" : "ASC";
  const limit = request.limit === undefined ? "" : ` LIMIT ${request.limit}`;
  const sql = `SELECT raw FROM ${eventsTable} WHERE ${whereOf(request)} ORDER BY ${orderOf(direction)}${limit}`;
  yield* streamTexts(engine, sql, signal);
}

/** The exact bytes of a statement's one column of text, one by one, in bounded memory. */
export async function* streamTexts(
  engine: Engine,
  sql: string,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const chunks = engine.stream(sql, { format: "RowBinary", signal });
  for await (const texts of readRows(chunks, wholeText)) yield* texts;
}

function wholeText(bytes: Buffer, start: number): RowAt<Buffer> | undefined {
  const text = textAt(bytes, start);
  return text && { row: bytes.subarray(text.from, text.to), end: text.to };
}

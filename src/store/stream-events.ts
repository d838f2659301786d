import type { Engine } from "./engine/engine.ts";
import { whereOf, type EventFilter } from "./filter.ts";
import { orderOf } from "./read-events.ts";
import { textAt } from "./rows.ts";
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
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of engine.stream(sql, { format: "RowBinary", signal })) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const [records, used] = wholeRecords(rest);
    yield* records;
    rest = rest.subarray(used);
  }
}

function wholeRecords(bytes: Buffer): [records: Buffer[], used: number] {
  const records: Buffer[] = [];
  let at = 0;
  for (let text = textAt(bytes, at); text !== undefined; text = textAt(bytes, at)) {
    records.push(bytes.subarray(text.from, text.to));
    at = text.to;
  }
  return [records, at];
}

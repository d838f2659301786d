import type { Engine } from "./engine/engine.ts";
import { whereOf, type EventFilter } from "./filter.ts";
import { orderOf, wholeColumns, wholeRows, type WholeEvent } from "./read-events.ts";
import { readVarint } from "./rows.ts";
import { eventsTable } from "./schema.ts";

/** Events of a condition with their records, one by one, in time order, in one statement and in bounded memory. */
export async function* streamWhole(
  engine: Engine,
  where: string,
  signal?: AbortSignal,
): AsyncGenerator<WholeEvent, void, undefined> {
  const sql = `SELECT ${wholeColumns} FROM ${eventsTable} WHERE ${where} ORDER BY ${orderOf("ASC")} ${streamSettings}`;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of engine.stream(sql, { format: "JSONCompactEachRow", signal })) {
    const end = chunk.lastIndexOf(lineFeed) + 1;
    const lines = Buffer.concat([rest, chunk.subarray(0, end)]);
    rest = end === 0 ? Buffer.concat([rest, chunk]) : chunk.subarray(end);
    if (end > 0) yield* wholeRows(lines);
  }
}

const lineFeed = 0x0a;

/**
 * So many rows are given at once, and several such lots are on their way. To find the rows and sort them then takes half of
 * the time that reading the table in its order does; what is too much for memory is sorted on disk.
 */
const streamSettings =
  "SETTINGS max_block_size = 1000, optimize_read_in_order = 0, max_bytes_before_external_sort = 200000000";

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
  while (at < bytes.length) {
    const lengthEnd = bytes.subarray(at, at + 9).findIndex((byte) => byte < 0x80);
    if (lengthEnd < 0) break;
    const [length, next] = readVarint(bytes, at);
    if (next + length > bytes.length) break;
    records.push(bytes.subarray(next, next + length));
    at = next + length;
  }
  return [records, at];
}

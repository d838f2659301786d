import { compileSql, type Predicate } from "../predicate/index.ts";
import { eventTable } from "./columns.ts";
import type { Engine } from "./engine/engine.ts";
import { orderOf } from "./read-events.ts";
import { readRows, type RowAt, textAt } from "./rows.ts";
import { eventsTable, largeBlocks } from "./schema.ts";

/** A record as it came, with what the store knows it by. */
export interface StoredRecord {
  /** The event's UUID, or one that we made from a record that has none. */
  readonly id: string;
  readonly account: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly raw: Buffer;
  /** Whether it fulfils the second condition that was asked; true where there was none. */
  readonly isMarked: boolean;
}

/** Which records are asked for. */
export interface RecordAsk {
  readonly predicate: Predicate;
  /** A second condition, of which each record tells whether it fulfils it. */
  readonly mark?: Predicate | undefined;
}

/** Records of a condition by time, some at once, in one statement and in bounded memory. */
export async function* streamRecords(
  engine: Engine,
  where: string,
  mark: Predicate = { kind: "all" },
  signal?: AbortSignal,
): AsyncGenerator<readonly StoredRecord[], void, undefined> {
  const marked = mark.kind === "all" ? "1" : `if(${compileSql(mark, eventTable)}, 1, 0)`;
  const sql = `SELECT ${columns}, ${marked} FROM ${eventsTable} WHERE ${where} ORDER BY ${orderOf("ASC")} ${largeBlocks}`;
  yield* readRows(engine.stream(sql, { format: "RowBinary", signal }), recordAt);
}

const columns = "toUnixTimestamp64Milli(event_time), toString(event_id), account_id, raw";

/** Of a row's time. */
const timeBytes = 8;

function recordAt(bytes: Buffer, start: number): RowAt<StoredRecord> | undefined {
  if (start + timeBytes >= bytes.length) return undefined;
  const id = textAt(bytes, start + timeBytes);
  if (id === undefined) return undefined;
  const account = textAt(bytes, id.to);
  if (account === undefined) return undefined;
  const raw = textAt(bytes, account.to);
  if (raw === undefined || raw.to >= bytes.length) return undefined;
  return {
    row: {
      time: Number(bytes.readBigInt64LE(start)),
      id: bytes.toString("latin1", id.from, id.to),
      account: bytes.toString("utf8", account.from, account.to),
      raw: bytes.subarray(raw.from, raw.to),
      isMarked: bytes[raw.to] === 1,
    },
    end: raw.to + 1,
  };
}

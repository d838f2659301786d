import { quoteText as quote } from "../predicate/index.ts";
import { chunksOf } from "../base/chunks.ts";
import type { Engine } from "./engine/engine.ts";
import { instant } from "./insert.ts";
import { uuidForm, type WholeEvent, wholeColumns, wholeRows } from "./read-events.ts";
import { eventsTable } from "./schema.ts";

/** Where an event lies: its time is where the engine looks. */
export interface EventPlace {
  readonly account: string;
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Events named in one statement. */
const atOnce = 500;

/** Those of some events that are stored, in no order; found by their times, so that it costs little in a large store. */
export async function eventsAt(
  engine: Engine,
  places: readonly EventPlace[],
  signal?: AbortSignal,
): Promise<WholeEvent[]> {
  const found: WholeEvent[] = [];
  const wanted = new Map(places.filter(({ id }) => uuidForm.test(id)).map((place) => [keyOf(place), place]));
  for (const some of chunksOf([...wanted.values()], atOnce)) {
    const times = [...new Set(some.map(({ time }) => instant(time)))].join(", ");
    const ids = [...new Set(some.map(({ id }) => `toUUID(${quote(id)})`))].join(", ");
    const sql = `SELECT ${wholeColumns} FROM ${eventsTable} WHERE event_time IN (${times}) AND event_id IN (${ids})`;
    const rows = wholeRows(await engine.query(sql, { format: "JSONCompactEachRow", signal }));
    // Accounts may share an event's id.
    found.push(...rows.filter(({ event }) => wanted.has(keyOf(event))));
  }
  return found;
}

function keyOf({ account, id }: { readonly account: string; readonly id: string }): string {
  return `${account}/${id.toLowerCase()}`;
}

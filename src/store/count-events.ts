import type { Engine } from "./engine/engine.ts";
import { whereOf, type EventFilter } from "./filter.ts";
import { eventsTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

export interface TimeBucket {
  /** Start, milliseconds since the epoch. */
  readonly at: number;
  readonly count: number;
  readonly errors: number;
}

export interface HistogramSlice {
  readonly buckets: readonly TimeBucket[];
  /** Events looked at so far, and in all. */
  readonly scanned: number;
  readonly total: number;
}

/** How many events one statement looks at: the first answer comes soon, and a person can stop between two. */
const sliceEventsMin = 2_000_000;
/** A slice this quick makes the next one twice as large. */
const quickSliceMs = 150;

/**
 * Counts over time, newest part first, so that a long count shows its progress and can be stopped. A bucket that two
 * slices share comes in two pieces that add up.
 */
export async function* countOverTime(
  engine: Engine,
  filter: EventFilter & { readonly intervalMs: number },
  now: () => number,
  signal?: AbortSignal,
): AsyncGenerator<HistogramSlice, void, undefined> {
  const hours = await eventsPerHour(engine, filter, signal);
  const total = hours.reduce((sum, hour) => sum + hour.count, 0);
  let scanned = 0;
  let size = sliceEventsMin;
  let next = 0;
  while (next < hours.length) {
    const first = next;
    let events = 0;
    for (; next < hours.length && (events === 0 || events + (hours[next]?.count ?? 0) <= size); next++) {
      events += hours[next]?.count ?? 0;
    }
    const slice = hours.slice(first, next);
    const began = now();
    const to = (slice[0]?.at ?? 0) + hourMs;
    const from = slice.at(-1)?.at ?? 0;
    const buckets = await countSlice(engine, narrowed(filter, from, to), filter.intervalMs, signal);
    if (now() - began < quickSliceMs) size *= 2;
    scanned += events;
    yield { buckets, scanned, total };
  }
}

const hourMs = 3_600_000;

function narrowed(filter: EventFilter, from: number, to: number): EventFilter {
  return {
    ...filter,
    from: Math.max(filter.from ?? from, from),
    to: Math.min(filter.to ?? to, to),
  };
}

/** Events in each hour of the range, newest first; whole hours, so the ends may count a little too much. */
async function eventsPerHour(
  engine: Engine,
  range: { readonly from?: number | undefined; readonly to?: number | undefined },
  signal?: AbortSignal,
): Promise<{ at: number; count: number }[]> {
  const where = whereOf({ predicate: { kind: "all" }, from: range.from, to: range.to });
  const rows = await engine.query(
    `SELECT intDiv(toUnixTimestamp64Milli(event_time), ${hourMs}) AS hour, count() FROM ${eventsTable} WHERE ${where} GROUP BY hour ORDER BY hour DESC`,
    { format: "JSONCompactEachRow", signal },
  );
  return parseRows<[string | number, string | number]>(rows).map(([hour, count]) => ({
    at: Number(hour) * hourMs,
    count: Number(count),
  }));
}

async function countSlice(
  engine: Engine,
  filter: EventFilter,
  intervalMs: number,
  signal?: AbortSignal,
): Promise<TimeBucket[]> {
  const rows = await engine.query(
    `SELECT intDiv(toUnixTimestamp64Milli(event_time), ${intervalMs}) AS bucket, count(), countIf(error_code != '')
FROM ${eventsTable} WHERE ${whereOf(filter)} GROUP BY bucket ORDER BY bucket DESC`,
    { format: "JSONCompactEachRow", signal },
  );
  return parseRows<[string | number, string | number, string | number]>(rows).map(([bucket, count, errors]) => ({
    at: Number(bucket) * intervalMs,
    count: Number(count),
    errors: Number(errors),
  }));
}

export interface TimeRange {
  readonly first: number;
  readonly last: number;
}

/** The time from the first to the last event that is stored; undefined when there is none. */
export async function storedRange(engine: Engine): Promise<TimeRange | undefined> {
  const rows = await engine.query(
    `SELECT toUnixTimestamp64Milli(min(event_time)), toUnixTimestamp64Milli(max(event_time)), count() FROM ${eventsTable}`,
    { format: "JSONCompactEachRow" },
  );
  const [first, last, count] = parseRows<[string | number, string | number, string | number]>(rows)[0] ?? [0, 0, 0];
  return Number(count) === 0 ? undefined : { first: Number(first), last: Number(last) };
}

import type { Engine } from "./engine/engine.ts";
import { countSettings, readsColumnsOnly, whereOf, type EventFilter } from "./filter.ts";
import { database, eventsTable } from "./schema.ts";
import { hourMs } from "./columns.ts";
import type { StoredRange, TimeRange } from "./known-range.ts";
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
const sliceEventsUsual = { ofRecords: 2_000_000, ofColumns: 20_000_000 };
/** A slice this quick makes the next one so many times as large. */
const quickSliceMs = 150;
const growth = 4;
/** Of more events it is estimated in which hours they lie, which takes a twentieth of the time. */
const exactEventsMaxUsual = 2_000_000;

export interface CountRequest extends EventFilter {
  readonly intervalMs: number;
  /** Events that the first statement looks at. */
  readonly sliceEvents?: number;
  /** Of so many it is looked up in which hours they lie. */
  readonly exactEventsMax?: number;
}

export interface CountLook {
  readonly storedRange: () => Promise<StoredRange | undefined>;
  readonly now: () => number;
}

/**
 * Counts over time, newest part first, so that a long count shows its progress and can be stopped. A bucket that two
 * slices share comes in two pieces that add up.
 */
export async function* countOverTime(
  engine: Engine,
  filter: CountRequest,
  { storedRange, now }: CountLook,
  signal?: AbortSignal,
): AsyncGenerator<HistogramSlice, void, undefined> {
  const { exactEventsMax = exactEventsMaxUsual, intervalMs } = filter;
  let size = filter.sliceEvents ?? sliceEventsUsual[readsColumnsOnly(filter) ? "ofColumns" : "ofRecords"];
  const stored = await storedRange();
  if (stored === undefined) return;
  if (stored.events <= size && isWithin(stored, filter)) {
    const buckets = await countSlice(engine, filter, intervalMs, signal);
    yield { buckets, scanned: stored.events, total: stored.events };
    return;
  }
  const hours = await eventsPerHour(engine, filter, exactEventsMax, signal);
  const total = eventsIn(hours);
  let scanned = 0;
  let next = 0;
  let to = filter.to;
  while (next < hours.length) {
    let events = 0;
    for (; next < hours.length && (events === 0 || events + (hours[next]?.count ?? 0) <= size); next++) {
      events += hours[next]?.count ?? 0;
    }
    const began = now();
    // Slices meet: an estimate may put events into the hour before their own.
    const from = next < hours.length ? Math.max(filter.from ?? -Infinity, hours[next - 1]?.at ?? 0) : filter.from;
    const buckets = await countSlice(engine, { ...filter, from, to }, intervalMs, signal);
    if (now() - began < quickSliceMs) size *= growth;
    scanned += events;
    to = from;
    yield { buckets, scanned, total };
  }
}

function isWithin({ first, last }: TimeRange, { from = -Infinity, to = Infinity }: EventFilter): boolean {
  return from <= first && last < to;
}

function eventsIn(hours: readonly EventsOfHour[]): number {
  return hours.reduce((sum, hour) => sum + hour.count, 0);
}

interface EventsOfHour {
  /** Start, milliseconds since the epoch. */
  readonly at: number;
  readonly count: number;
}

/** Events in each hour of the range, newest first; whole hours, so the ends may count a little too much. */
async function eventsPerHour(
  engine: Engine,
  { from, to }: EventFilter,
  exactEventsMax: number,
  signal?: AbortSignal,
): Promise<readonly EventsOfHour[]> {
  const where = whereOf({ predicate: { kind: "all" }, from, to });
  // The first event of each granule and how many there are in it, from the primary key, which is in memory.
  const estimated = await hoursOf(
    engine,
    `sum(rows_in_granule) FROM mergeTreeIndex('${database}', 'events') WHERE rows_in_granule > 0 AND ${where}`,
    signal,
  );
  if (eventsIn(estimated) > exactEventsMax) return estimated;
  return hoursOf(engine, `count() FROM ${eventsTable} WHERE ${where}`, signal);
}

async function hoursOf(engine: Engine, countAndSource: string, signal?: AbortSignal): Promise<EventsOfHour[]> {
  const rows = await engine.query(
    `SELECT intDiv(toUnixTimestamp64Milli(event_time), ${hourMs}) AS hour, ${countAndSource} GROUP BY hour ORDER BY hour DESC`,
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
  const inHours = intervalMs % hourMs === 0;
  const bucketOf = inHours
    ? `intDiv(event_hour, ${intervalMs / hourMs})`
    : `intDiv(toUnixTimestamp64Milli(event_time), ${intervalMs})`;
  const rows = await engine.query(
    `SELECT ${bucketOf} AS bucket, count(), countIf(error_code != '')
FROM ${eventsTable} WHERE ${whereOf(filter, { inHours })} GROUP BY bucket ORDER BY bucket DESC ${countSettings(filter)}`,
    { format: "JSONCompactEachRow", signal },
  );
  return parseRows<[string | number, string | number, string | number]>(rows).map(([bucket, count, errors]) => ({
    at: Number(bucket) * intervalMs,
    count: Number(count),
    errors: Number(errors),
  }));
}

import { compileSql, quoteText as quote, type Predicate } from "../predicate/index.ts";
import { eventColumns, eventTable, extractedFields, identifyingFields } from "./columns.ts";
import { notOf } from "./left-out.ts";
import { eventsTable, indexNames } from "./schema.ts";
import { spoolFormat, stripePattern } from "./spool.ts";

/**
 * The statement that moves a sealed spool file into `events`. The engine reads the typed columns out of each record
 * itself; `clean` stands in for a record that its parser refuses (`raw` is stored untouched either way).
 *
 * One event is stored once: a row whose (account, event id) is already there within the batch's hours, or earlier in
 * the same batch, is left out. Copies of an event carry the same `eventTime`, so looking in those hours is enough; the
 * engine checks that each row lies in one of them. This is exact because there is one writer; and it makes a repeated
 * insert complete a torn one.
 */
export function insertFromSpool(path: string, options: InsertOptions): string {
  const { hours, strict, readableOnly, without = [] } = options;
  // The engine may look at all conditions of a row: each has to leave such files out for itself.
  const kept = notOf(path, without);
  const conditions = [
    ...kept,
    ...(strict ? [`NOT throwIf(${[`event_time = ${epoch}`, ...kept].join(" AND ")}, ${quote(unreadableMark)})`] : []),
    ...(readableOnly ? [`event_time != ${epoch}`] : []),
    ...(hours
      ? [
          `NOT throwIf(${[`intDiv(toUnixTimestamp(event_time), 3600) NOT IN (${hours.map(hourNumber).join(", ")})`, ...kept].join(" AND ")}, ${quote(outsideMark)})`,
        ]
      : []),
    `(event_id, cityHash64(account_id)) NOT IN (${knownIn(path, options)})`,
  ];
  const rows = `SELECT ${eventColumns.map((column) => `${column.from} AS c_${column.name}`).join(", ")}
FROM (${rowsOf(path)})
WHERE ${conditions.join(" AND ")}
LIMIT 1 BY event_id, cityHash64(account_id)`;
  const { drops = [] } = options;
  const wanted =
    drops.length === 0 ? rows : `${namedColumns(rows)} WHERE NOT (${drops.map(dropCondition).join(" OR ")})`;
  return `INSERT INTO ${eventsTable} (${eventColumns.map((column) => column.name).join(", ")})
${wanted}
SETTINGS ${insertSettings(options)}`;
}

/** What is there already. The engine holds it in memory: of very many events only those that the batch has too. */
function knownIn(path: string, { hours, knowsMany }: InsertOptions): string {
  const own = `event_id IN (SELECT event_id FROM (${rowsOf(path, identifyingFields)}))`;
  const conditions = [...(hours === undefined ? [] : [inHours(hours)]), ...(knowsMany ? [own] : [])];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `SELECT event_id, cityHash64(account_id) FROM ${eventsTable}${where}`;
}

/** How many events are there already in the hours of a batch. */
export function countKnown(hours: readonly number[] | undefined): string {
  return `SELECT toString(count()) FROM ${eventsTable}${hours === undefined ? "" : ` WHERE ${inHours(hours)}`}`;
}

/** The rows with the columns' own names, as conditions know them. */
function namedColumns(rows: string): string {
  return `SELECT * FROM (SELECT ${eventColumns.map(({ name }) => `c_${name} AS ${name}`).join(", ")} FROM (${rows}))`;
}

function dropCondition(predicate: Predicate): string {
  return predicate.kind === "all" ? "1" : `ifNull(${compileSql(predicate, eventTable)}, 0)`;
}

/** How many rows of a spool file each of some conditions drops, by log file; a row counts for the first that fits. */
export function countDropped(path: string, drops: readonly Predicate[], without: readonly bigint[]): string {
  const rows = `SELECT ${eventColumns.map((column) => `${column.from} AS c_${column.name}`).join(", ")}
FROM (${rowsOf(path)}) WHERE ${[`event_time != ${epoch}`, ...notOf(path, without)].join(" AND ")}`;
  const which = drops.map((drop, index) => `${dropCondition(drop)}, ${index}`).join(", ");
  return `SELECT toString(log_file), multiIf(${which}, -1) AS drop, count() FROM (${namedColumns(rows)})
WHERE drop >= 0 GROUP BY log_file, drop`;
}

/**
 * Each block becomes a part, made on one thread: a batch has several, so that all threads have work. Blocks are read in
 * just that size, for the engine would copy smaller ones together; larger ones would only take more memory.
 */
const blockBytes = 32 * 1024 * 1024;

function insertSettings({ indexLater, knowsMany }: InsertOptions): string {
  return [
    "max_insert_threads = 2",
    // Mapped into memory, as the engine would have it, a spool file counts as memory of the engine's.
    "storage_file_read_method = 'pread'",
    // To ask the indexes for each of a batch's ids takes longer than to read all ids.
    ...(knowsMany ? ["use_index_for_in_with_subqueries = 0"] : []),
    ...(indexLater ? [`exclude_materialize_skip_indexes_on_insert = ${quote(indexNames.join(","))}`] : []),
    "max_block_size = 65409",
    `input_format_max_block_size_bytes = ${blockBytes}`,
    "min_insert_block_size_rows = 0",
    `min_insert_block_size_bytes = ${blockBytes}`,
  ].join(", ");
}

export interface InsertOptions {
  /** Starts of the hours that the rows seem to lie in; undefined when that is not known. */
  readonly hours: readonly number[] | undefined;
  /** Refuse the whole batch when a record has no time that the engine can read. */
  readonly strict: boolean;
  /** There are so many events in these hours that not all of them should be held in memory. */
  readonly knowsMany: boolean;
  /** Leave the look-up indexes to the background. */
  readonly indexLater: boolean;
  /** Leave out the rows whose time the engine cannot read. */
  readonly readableOnly?: boolean;
  /** Log files to leave out. */
  readonly without?: readonly bigint[];
  /** Events that fit one of these are not stored. */
  readonly drops?: readonly Predicate[];
}

const hourMs = 3_600_000;
/** More separate stretches of time than this are taken as one. */
const spansMax = 100;

function hourNumber(hour: number): number {
  return Math.trunc(hour / hourMs);
}

/** A condition on `event_time`; `hours` are starts of hours in their order, at least one. */
export function inHours(hours: readonly number[]): string {
  const ranges = spansOf(hours).map(
    ({ first, last }) => `event_time BETWEEN ${instant(first)} AND ${instant(last + hourMs - 1)}`,
  );
  return `(${ranges.join(" OR ")})`;
}

/** The same on a column `hour` of hours since 1970. */
export function hourWithin(hours: readonly number[]): string {
  const ranges = spansOf(hours).map(({ first, last }) => `hour BETWEEN ${hourNumber(first)} AND ${hourNumber(last)}`);
  return `(${ranges.join(" OR ")})`;
}

/** Hours that follow each other, as their first and their last; of too many stretches one that has all in it. */
function spansOf(hours: readonly number[]): readonly { readonly first: number; readonly last: number }[] {
  const spans: { first: number; last: number }[] = [];
  for (const hour of hours) {
    const before = spans.at(-1);
    if (before && before.last + hourMs === hour) before.last = hour;
    else spans.push({ first: hour, last: hour });
  }
  const [first, last] = [spans[0], spans.at(-1)];
  return first && last && spans.length > spansMax ? [{ first: first.first, last: last.last }] : spans;
}

/** What the engine says when a row lies outside the hours that were guessed. */
export const outsideMark = "trailwarden: an event lies outside the hours that were guessed for its batch";

/** What the engine says when a record of the batch could not be read; the batch is then looked at row by row. */
export const unreadableMark = "trailwarden: a record of the batch has no time that the engine can read";

export const epoch = "toDateTime64(0, 3, 'UTC')";

/** The engine alone would take `17`, `24:00` or `1901-02-03` for a time; what looks unusual is read with care. */
const usualTime = String.raw`^(19[7-9]|20\d|2[12]\d)\d-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z$|[.+-]|$)`;
/** Of what the careful reader takes for a time, two spellings are strange to the engine. */
const mendedTime = `replaceRegexpOne(replaceOne(time_text, ',', '.'), ${quote(String.raw`^(\d{8}T\d{4})Z$`)}, ${quote(String.raw`\100Z`)})`;

function readTime(text: string): string {
  return `parseDateTime64BestEffortOrZero(${text}, 3, 'UTC')`;
}

/** The rows of a spool file with the two things an event is known by. */
export function rowsOf(path: string, fields: string = extractedFields): string {
  return `SELECT row, position, log_file, raw, t, event_time, account_id, ingested_at,
  if(uuid != toUUID('00000000-0000-0000-0000-000000000000'), uuid, ${hashedId("if(id_text != '', id_text, raw)")}) AS event_id
FROM (SELECT row, position, log_file, raw, JSONExtract(if(clean = '', raw, clean), ${quote(fields)}) AS t,
  if(t.eventTime != '', t.eventTime, t.timeWindow.windowStart) AS time_text,
  multiIf(clean != '', ${readTime(mendedTime)}, match(time_text, ${quote(usualTime)}), ${readTime("time_text")}, ${epoch}) AS event_time,
  if(t.eventID != '', t.eventID, t.eventId) AS id_text, toUUIDOrZero(id_text) AS uuid, now('UTC') AS ingested_at,
  multiIf(t.recipientAccountId != '', t.recipientAccountId, t.accountId != '', t.accountId, t.userIdentity.accountId) AS account_id
  FROM file(${quote(stripePattern(path))}, ${quote(spoolFormat.name)}, ${quote(spoolFormat.structure)}))`;
}

/** An id for what carries none that is a UUID (old records, hand-made samples): a hash of its text. */
export function hashedId(text: string): string {
  return `reinterpretAsUUID(sipHash128(${text}))`;
}

/** The rows of a spool file that the engine could not read a time from. */
export function unreadableRows(path: string, without: readonly bigint[]): string {
  const conditions = [`event_time = ${epoch}`, ...notOf(path, without)];
  return `SELECT row, position, log_file, raw FROM (${rowsOf(path)}) WHERE ${conditions.join(" AND ")}`;
}

export function instant(at: number): string {
  return `fromUnixTimestamp64Milli(toInt64(${Math.trunc(at)}), 'UTC')`;
}

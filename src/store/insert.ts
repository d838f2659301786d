import { quoteText as quote } from "../predicate/index.ts";
import { eventColumns, extractedFields } from "./columns.ts";
import { eventsTable } from "./schema.ts";
import { spoolFormat } from "./spool.ts";

/**
 * The statement that moves a sealed spool file into `events`. The engine reads the typed columns out of each record
 * itself; `clean` stands in for a record that its parser refuses (`raw` is stored untouched either way).
 *
 * One event is stored once: a row whose (account, event id) is already there within the batch's time span, or earlier
 * in the same batch, is left out. Copies of an event carry the same `eventTime`, so the span is enough. This is exact
 * because there is one writer; and it makes a repeated insert complete a torn one.
 */
export function insertFromSpool(path: string, options: InsertOptions): string {
  const known = `SELECT event_id, cityHash64(account_id) FROM ${eventsTable}${within(options.spans)}`;
  return `INSERT INTO ${eventsTable} (${eventColumns.map((column) => column.name).join(", ")})
SELECT ${eventColumns.map((column) => `${column.from} AS c_${column.name}`).join(", ")}
FROM (${rowsOf(path)}${options.except ? ` WHERE row NOT IN (${options.except})` : ""})
WHERE ${options.strict ? `NOT throwIf(event_time = ${epoch}, ${quote(unreadableMark)}) AND ` : ""}(event_id, cityHash64(account_id)) NOT IN (${known})
LIMIT 1 BY event_id, cityHash64(account_id)
SETTINGS max_insert_threads = 2, min_insert_block_size_rows = 0, min_insert_block_size_bytes = ${128 * 1024 * 1024}`;
}

export interface InsertOptions {
  /** Every `eventTime` of the batch lies in one of these; undefined when that is not known. */
  readonly spans: readonly TimeSpan[] | undefined;
  /** Refuse the whole batch when a record has no time that the engine can read. */
  readonly strict: boolean;
  /** A query for the numbers of rows to leave out. */
  readonly except?: string;
}

export interface TimeSpan {
  /** Milliseconds since the epoch, both included. */
  readonly first: number;
  readonly last: number;
}

function within(spans: readonly TimeSpan[] | undefined): string {
  if (spans === undefined || spans.length === 0) return "";
  const ranges = spans.map((span) => `event_time BETWEEN ${instant(span.first)} AND ${instant(span.last)}`);
  return ` WHERE ${ranges.join(" OR ")}`;
}

/** What the engine says when a record of the batch could not be read; the batch is then looked at row by row. */
export const unreadableMark = "trailwarden: a record of the batch has no time that the engine can read";

const epoch = "toDateTime64(0, 3, 'UTC')";

/** The rows of a spool file with the two things an event is known by. */
export function rowsOf(path: string): string {
  return `SELECT row, log_file, raw, t, event_time, account_id, ingested_at,
  if(uuid != toUUID('00000000-0000-0000-0000-000000000000'), uuid, ${hashedId("if(id_text != '', id_text, raw)")}) AS event_id
FROM (SELECT row, log_file, raw, JSONExtract(if(clean = '', raw, clean), ${quote(extractedFields)}) AS t,
  parseDateTime64BestEffortOrZero(if(t.eventTime != '', t.eventTime, t.timeWindow.windowStart), 3, 'UTC') AS event_time,
  if(t.eventID != '', t.eventID, t.eventId) AS id_text, toUUIDOrZero(id_text) AS uuid, now('UTC') AS ingested_at,
  multiIf(t.recipientAccountId != '', t.recipientAccountId, t.accountId != '', t.accountId, t.userIdentity.accountId) AS account_id
  FROM file(${quote(path)}, ${quote(spoolFormat.name)}, ${quote(spoolFormat.structure)}))`;
}

/** An id for what carries none that is a UUID (old records, hand-made samples): a hash of its text. */
export function hashedId(text: string): string {
  return `reinterpretAsUUID(sipHash128(${text}))`;
}

/** The rows of a spool file that the engine could not read a time from. */
export function unreadableRows(path: string, limit: number, after: number): string {
  return `SELECT row, log_file, raw FROM (${rowsOf(path)}) WHERE event_time = ${epoch} AND row > ${after} ORDER BY row LIMIT ${limit}`;
}

export function instant(at: number): string {
  return `fromUnixTimestamp64Milli(toInt64(${Math.trunc(at)}), 'UTC')`;
}

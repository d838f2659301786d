import type { Engine } from "./engine/engine.ts";
import { askAll, asksForWords, readsColumnsOnly, whereOf, type EventFilter } from "./filter.ts";
import { hashedId, instant } from "./insert.ts";
import { quoteText as quote } from "../predicate/index.ts";
import type { StoredRange } from "./known-range.ts";
import { pageWindows, type Window, type WindowLook } from "./page-windows.ts";
import { eventsTable } from "./schema.ts";
import { parseRows } from "./rows.ts";

/** An event as lists show it: what its columns hold, empty text where the record says nothing. */
export interface StoredEvent {
  /** The event's UUID, or one that we made from a record that has none. */
  readonly id: string;
  readonly account: string;
  /** Stands for the account where events are put in order. */
  readonly accountHash: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly eventName: string;
  readonly eventSource: string;
  readonly region: string;
  readonly identityType: string;
  readonly principalArn: string;
  readonly issuerArn: string;
  readonly issuerName: string;
  readonly userName: string;
  readonly invokedBy: string;
  readonly accessKey: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly readOnly: boolean | null;
  readonly category: string;
  readonly eventType: string;
  readonly resourceArns: readonly string[];
  readonly logFile: string;
}

/** Where a page ended; the next one goes on from there. */
export interface PagePosition {
  readonly time: number;
  readonly id: string;
  /** Accounts may share an event's id and time. */
  readonly accountHash: string;
}

export interface PageRequest extends EventFilter {
  readonly order: "newest" | "oldest";
  readonly limit: number;
  readonly after?: PagePosition | undefined;
}

/** What tells one event from all others, and puts events in order. */
const eventKeys = ["event_time", "event_id", "cityHash64(account_id)"];
const eventKey = `(${eventKeys.join(", ")})`;

const listed =
  "event_id, account_id, toUnixTimestamp64Milli(event_time), event_name, event_source, region, identity_type, " +
  "principal_arn, issuer_arn, issuer_name, user_name, invoked_by, access_key, source_ip, user_agent, error_code, " +
  "error_message, read_only, category, event_type, resource_arns, toString(log_file), toString(cityHash64(account_id))";

type ListedRow = [
  string,
  string,
  number,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  boolean | null,
  string,
  string,
  string[],
  string,
  string,
];

function toStoredEvent(row: ListedRow): StoredEvent {
  const [id, account, time, eventName, eventSource, region, identityType, principalArn, issuerArn, issuerName] = row;
  const [userName, invokedBy, accessKey, sourceIp, userAgent, errorCode, errorMessage, readOnly] = row.slice(
    10,
    18,
  ) as [string, string, string, string, string, string, string, boolean | null];
  const [category, eventType, resourceArns, logFile, accountHash] = row.slice(18) as [
    string,
    string,
    string[],
    string,
    string,
  ];
  return {
    id,
    account,
    accountHash,
    time: Number(time),
    eventName,
    eventSource,
    region,
    identityType,
    principalArn,
    issuerArn,
    issuerName,
    userName,
    invokedBy,
    accessKey,
    sourceIp,
    userAgent,
    errorCode,
    errorMessage,
    readOnly,
    category,
    eventType,
    resourceArns,
    logFile,
  };
}

/** What a page holds, and where to look on when it is not full although there may be more. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Nothing more was found up to here within the time that a page may take; undefined when all was looked through. */
  readonly reached?: PagePosition;
}

/** A page that is not full after so long is given as far as it is: whoever waits sees what was found, and asks on. */
const pageTakesMs = 600;

export interface PageLook {
  readonly storedRange: () => Promise<StoredRange | undefined>;
  readonly now: () => number;
  /** Events that are looked through first; as many as are quick to look through when absent. */
  readonly firstLookEvents?: number | undefined;
}

/** One page. */
export async function readPage(
  engine: Engine,
  request: PageRequest,
  look: PageLook,
  signal?: AbortSignal,
): Promise<Page<StoredEvent>> {
  return inWindows(request, look, async (part) => {
    const sql = `SELECT ${listed} ${pageSource(part)}`;
    const rows = await engine.query(sql, { format: "JSONCompactEachRow", signal });
    return parseRows<ListedRow>(rows).map(toStoredEvent);
  });
}

/** The columns of a page are read for its own events only. */
function pageSource(request: PageRequest): string {
  if (asksForWords(request)) return inTwoSteps(request);
  const atOnce = readsColumnsOnly(request) ? `, ${askAll}` : "";
  return `${pageTail(request)} SETTINGS optimize_read_in_order = 0, query_plan_max_limit_for_lazy_materialization = 1000${atOnce}`;
}

/**
 * First which events a page has, then what is listed of them: where many columns are wanted the engine reads the records
 * for what the index of words would tell (measured on a word of a seventh of ten million events: 1,300 ms instead of 40).
 */
function inTwoSteps(request: PageRequest): string {
  const { order, limit, from, to } = request;
  const own = `${eventKey} IN (SELECT ${eventKeys.join(", ")} ${pageTail(request)} SETTINGS optimize_read_in_order = 0)`;
  return `FROM ${eventsTable} WHERE ${whereOf({ predicate: { kind: "all" }, from, to })} AND ${own}
ORDER BY ${orderOf(order === "newest" ? "DESC" : "ASC")} LIMIT ${limit} SETTINGS optimize_read_in_order = 0`;
}

async function inWindows<Row>(
  request: PageRequest,
  { now, storedRange, firstLookEvents }: PageLook,
  read: (part: PageRequest) => Promise<Row[]>,
): Promise<Page<Row>> {
  const began = now();
  const stored = await storedRange();
  const rows: Row[] = [];
  if (stored === undefined) return { rows };
  const windows = pageWindows(request, stored, firstLookEvents);
  let look: WindowLook | undefined;
  for (let step = windows.next(); step.done !== true; step = windows.next(look)) {
    const window = step.value;
    const at = now();
    const found = await read({ ...request, ...window, limit: request.limit - rows.length });
    rows.push(...found);
    look = { tookMs: now() - at, found: found.length };
    if (rows.length >= request.limit) return { rows };
    const isLast = request.order === "newest" ? window.from <= stored.first : window.to > stored.last;
    if (!isLast && now() - began >= pageTakesMs) return { rows, reached: edgeOf(window, request.order) };
  }
  return { rows };
}

/** The position behind all that lies in a window. */
function edgeOf(window: Window, order: "newest" | "oldest"): PagePosition {
  return order === "newest"
    ? { time: window.from, id: "00000000-0000-0000-0000-000000000000", accountHash: "0" }
    : {
        time: window.to - 1,
        id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
        accountHash: "18446744073709551615",
      };
}

/** The statement of a page, for people who want to see it. */
export function pageStatement(request: PageRequest): string {
  return `SELECT raw ${pageTail(request)}`;
}

function pageTail(request: PageRequest): string {
  const direction = request.order === "newest" ? "DESC" : "ASC";
  const after = request.after ? ` AND ${afterPosition(request.after, request.order)}` : "";
  return `FROM ${eventsTable} WHERE ${whereOf(request)}${after}
ORDER BY ${orderOf(direction)} LIMIT ${request.limit}`;
}

function afterPosition(after: PagePosition, order: "newest" | "oldest"): string {
  const by = order === "newest" ? "<" : ">";
  const at = instant(after.time);
  const position = `(${at}, toUUID(${quote(after.id)}), toUInt64OrZero(${quote(after.accountHash)}))`;
  return `event_time ${by}= ${at} AND ${eventKey} ${by} ${position}`;
}

export function orderOf(direction: "DESC" | "ASC"): string {
  return eventKeys.map((key) => `${key} ${direction}`).join(", ");
}

/** One page with each record's exact bytes, read together, so that they belong together. */
export async function readWholePage(
  engine: Engine,
  request: PageRequest,
  look: PageLook,
  signal?: AbortSignal,
): Promise<Page<WholeEvent>> {
  return inWindows(request, look, (part) => readWhole(engine, pageSource(part), signal));
}

async function readWhole(engine: Engine, tail: string, signal?: AbortSignal): Promise<WholeEvent[]> {
  return wholeRows(await engine.query(`SELECT ${wholeColumns} ${tail}`, { format: "JSONCompactEachRow", signal }));
}

/** What a whole event is read from. */
export const wholeColumns = `base64Encode(raw), ${listed}`;

export function wholeRows(bytes: Buffer): WholeEvent[] {
  return parseRows<[string, ...ListedRow]>(bytes).map(([raw, ...row]) => ({
    event: toStoredEvent(row),
    raw: Buffer.from(raw, "base64"),
  }));
}

export interface WholeEvent {
  readonly event: StoredEvent;
  readonly raw: Buffer;
  /** What brought the event before its log file came. */
  readonly seenFirstIn?: string;
}

export const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Every event with this id: one, unless accounts share it. `id` is CloudTrail's eventID or ours. */
export async function readEvent(engine: Engine, id: string, account?: string): Promise<WholeEvent[]> {
  const key = uuidForm.test(id) ? `toUUID(${quote(id)})` : hashedId(quote(id));
  const where = `event_id = ${key}${account === undefined ? "" : ` AND account_id = ${quote(account)}`}`;
  const tail = `FROM ${eventsTable} WHERE ${where} ORDER BY account_id, event_time LIMIT 20`;
  return readWhole(engine, tail);
}

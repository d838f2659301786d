import type { MadeUpRecord } from "../../src/sandbox/index.ts";
import { needles } from "./needles.ts";
import { corpusStartsAt } from "./shape.ts";

/** What a search over the corpus must find, counted while it was made. */
export interface Truth {
  readonly events: number;
  readonly files: number;
  readonly rawBytes: number;
  readonly gzBytes: number;
  readonly firstEventTime: string;
  readonly lastEventTime: string;
  readonly needles: typeof needles;
  readonly byAccount: Counts;
  readonly byRegion: Counts;
  readonly byEventName: Counts;
  readonly byErrorCode: Counts;
  /** By the ARN of the role or user; a service that acts for itself counts as `""`. */
  readonly byPrincipal: Counts;
  /** Events in each hour, from the corpus's first. */
  readonly byHour: readonly number[];
  readonly readOnly: number;
  readonly redelivered: Redelivered;
}

export interface Redelivered {
  readonly files: number;
  readonly records: number;
  /** Records that are in the corpus already. */
  readonly known: number;
  /** Records that are in these files only. */
  readonly fresh: number;
}

type Counts = Readonly<Record<string, number>>;

/** Numbers that grow while records are made; plain data, so that it can come from another thread. */
export interface Tally {
  events: number;
  files: number;
  rawBytes: number;
  gzBytes: number;
  readOnly: number;
  firstAt: number;
  lastAt: number;
  readonly byAccount: Map<string, number>;
  readonly byRegion: Map<string, number>;
  readonly byEventName: Map<string, number>;
  readonly byErrorCode: Map<string, number>;
  readonly byPrincipal: Map<string, number>;
  readonly byHour: Map<number, number>;
}

/** A tally of nothing. */
export function startTally(): Tally {
  return {
    events: 0,
    files: 0,
    rawBytes: 0,
    gzBytes: 0,
    readOnly: 0,
    firstAt: Number.POSITIVE_INFINITY,
    lastAt: 0,
    byAccount: new Map(),
    byRegion: new Map(),
    byEventName: new Map(),
    byErrorCode: new Map(),
    byPrincipal: new Map(),
    byHour: new Map(),
  };
}

/** Counts one record. */
export function tallyRecord(tally: Tally, at: number, record: MadeUpRecord): void {
  tally.events += 1;
  if (record.readOnly === true) tally.readOnly += 1;
  tally.firstAt = Math.min(tally.firstAt, at);
  tally.lastAt = Math.max(tally.lastAt, at);
  add(tally.byAccount, record.recipientAccountId, 1);
  add(tally.byRegion, record.awsRegion, 1);
  add(tally.byEventName, record.eventName ?? "", 1);
  if (record.errorCode !== undefined) add(tally.byErrorCode, record.errorCode, 1);
  add(tally.byPrincipal, principalOf(record), 1);
  add(tally.byHour, Math.floor((at - corpusStartsAt) / 3_600_000), 1);
}

/** Adds one tally to another. */
export function addTally(sum: Tally, part: Tally): void {
  sum.events += part.events;
  sum.files += part.files;
  sum.rawBytes += part.rawBytes;
  sum.gzBytes += part.gzBytes;
  sum.readOnly += part.readOnly;
  sum.firstAt = Math.min(sum.firstAt, part.firstAt);
  sum.lastAt = Math.max(sum.lastAt, part.lastAt);
  for (const key of ["byAccount", "byRegion", "byEventName", "byErrorCode", "byPrincipal"] as const) {
    for (const [name, count] of part[key]) add(sum[key], name, count);
  }
  for (const [hour, count] of part.byHour) add(sum.byHour, hour, count);
}

/** What is written to `truth.json`. */
export function concludeTruth(tally: Tally, redelivered: Redelivered): Truth {
  const hours = Math.max(...tally.byHour.keys()) + 1;
  return {
    events: tally.events,
    files: tally.files,
    rawBytes: tally.rawBytes,
    gzBytes: tally.gzBytes,
    firstEventTime: wholeSecond(tally.firstAt),
    lastEventTime: wholeSecond(tally.lastAt),
    needles,
    byAccount: sorted(tally.byAccount),
    byRegion: sorted(tally.byRegion),
    byEventName: sorted(tally.byEventName),
    byErrorCode: sorted(tally.byErrorCode),
    byPrincipal: sorted(tally.byPrincipal),
    byHour: Array.from({ length: hours }, (_, hour) => tally.byHour.get(hour) ?? 0),
    readOnly: tally.readOnly,
    redelivered,
  };
}

/** The role behind a session, or the user. */
function principalOf(record: MadeUpRecord): string {
  const context = record.userIdentity?.["sessionContext"];
  const issuer = isObject(context) ? context["sessionIssuer"] : undefined;
  const arn = isObject(issuer) ? issuer["arn"] : record.userIdentity?.["arn"];
  return typeof arn === "string" ? arn : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function add<Key>(counts: Map<Key, number>, key: Key, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

function sorted(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)));
}

function wholeSecond(at: number): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString();
}

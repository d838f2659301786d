import type { ObjectKind } from "../cloudtrail/index.ts";

/** What a key tells of an object, as the ledger counts it. */
export interface LedgerObject {
  /** `s3://bucket/key`. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** The source that heard of it first is asked to fetch it. */
  readonly source: string;
  /** From the key; empty where it is none that CloudTrail writes. */
  readonly accountId: string;
  readonly region: string;
  readonly kind: ObjectKind | "unknown";
  /** Start of the hour of its delivery (from its name; else when it was first heard of), milliseconds. */
  readonly hour: number;
  readonly sizeBytes?: number;
  /** Its ETag, without quotation marks: what notices, listings and answers all tell. */
  readonly version?: string;
}

/** The three lists that must agree: notices received, objects in the bucket, files named by digests. */
export type LedgerList = "noticed" | "listed" | "named";

/** Where an object stands. */
export type LedgerState =
  /** Known, not yet read. */
  | "waiting"
  /** Its events are stored; a digest is kept. */
  | "read"
  /** Tried without success; `problem` says why, `nextTryAt` when it is tried again. */
  | "failing"
  /** Left out on purpose: an account that was not selected, neither log file nor digest. */
  | "left out";

export interface LedgerEntry extends LedgerObject {
  readonly state: LedgerState;
  readonly noticedAt: number | undefined;
  readonly listedAt: number | undefined;
  readonly namedAt: number | undefined;
  readonly readAt: number | undefined;
  readonly records: number;
  readonly tries: number;
  readonly nextTryAt: number | undefined;
  readonly problem: string | undefined;
}

export interface LedgerSelection {
  readonly source?: string;
  readonly accountId?: string;
  readonly region?: string;
  /** Digests alone, or all but digests; both where not given. */
  readonly isDigest?: boolean;
  /** Hours of delivery from `from` (inclusive) to `to` (exclusive), milliseconds. */
  readonly from?: number;
  readonly to?: number;
}

/** An hour of an account in a region: how many objects are in each list, and how many were read. */
export interface LedgerHour {
  readonly accountId: string;
  readonly region: string;
  readonly kind: LedgerObject["kind"];
  readonly hour: number;
  /** In any of the lists, those left out on purpose not counted. */
  readonly known: number;
  readonly noticed: number;
  readonly listed: number;
  readonly named: number;
  readonly read: number;
  readonly failing: number;
  readonly leftOut: number;
}

/** All of a selection together; log files alone, for digests hold no events and are counted by themselves. */
export interface LedgerTotals {
  readonly known: number;
  readonly read: number;
  readonly waiting: number;
  readonly failing: number;
  readonly leftOut: number;
  readonly noticed: number;
  readonly listed: number;
  readonly named: number;
  readonly digests: { readonly known: number; readonly read: number; readonly failing: number };
}

/** Says of every object that was heard of where it was heard of and what became of it. */
export interface Ledger {
  /**
   * Notes that objects stand in a list; what was known of them stays. Gives how each stands now, in the order given. When
   * this returns it outlasts a kill; what a power cut takes is heard of again from queue or bucket. What a digest names and
   * nobody has heard of is due at once.
   */
  note(list: LedgerList, objects: readonly LedgerObject[], at: number): Promise<LedgerEntry[]>;
  /** Their events are stored. */
  markRead(
    objects: readonly { readonly name: string; readonly records: number; readonly version: string }[],
    at: number,
  ): Promise<void>;
  markFailing(
    objects: readonly { readonly name: string; readonly problem: string; readonly nextTryAt: number }[],
    at: number,
  ): Promise<void>;
  markLeftOut(objects: readonly { readonly name: string; readonly problem: string }[], at: number): Promise<void>;
  /** Those left out or failing are waited for again, because the reason is gone; gives how many. */
  takeUpAgain(selection: LedgerSelection, states: readonly ("left out" | "failing")[]): Promise<number>;
  /** Of a source: what waits since before `heardBefore`, or fails and is to be tried again; the longest due first. */
  due(
    source: string,
    options: { readonly now: number; readonly heardBefore: number; readonly limit: number },
  ): Promise<LedgerEntry[]>;
  entries(names: readonly string[]): Promise<LedgerEntry[]>;
  /** Newest hour first. */
  hours(selection: LedgerSelection, limit: number): Promise<LedgerHour[]>;
  totals(selection: LedgerSelection): Promise<LedgerTotals>;
  /** Known and not read, by name; page on with the last name. */
  missing(
    selection: LedgerSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<LedgerEntry[]>;
  /** Of a source: what fails, the longest due first. */
  failing(source: string, limit: number): Promise<LedgerEntry[]>;
  /** Names below a prefix that are in the list already, with their versions: what a listing is compared with. */
  known(prefix: string): Promise<ReadonlyMap<string, Pick<LedgerEntry, "version" | "state" | "listedAt">>>;
}

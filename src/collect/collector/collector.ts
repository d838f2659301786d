import type { KnownAccount, LedgerEntry, LedgerHour, LedgerSelection, LedgerTotals } from "../../state/index.ts";
import type { SetAsideMessage, SourceFigures } from "../../state/index.ts";
import type { Finding } from "../sources/findings.ts";
import type { PushRequest, PushResponse, SourcePermission, SourceProgress, SourceReach } from "../sources/source.ts";
import type { SourceStatus } from "./status.ts";

/** A kind of source as people choose it. */
export interface KindView {
  readonly type: string;
  readonly summary: string;
  /** JSON Schema of what a person gives; each property has a description. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of what is kept secret; given beside the settings, never shown again. */
  readonly secrets: readonly { readonly name: string; readonly description: string }[];
  readonly permissions: readonly SourcePermission[];
}

/** A source as people see it. */
export interface SourceView {
  readonly name: string;
  readonly type: string;
  /** Where its log files come from: a queue's URL, a bucket and a prefix. */
  readonly place: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly status: SourceStatus;
  /** One sentence: what is, and what is wrong when something is. */
  readonly sentence: string;
  /** What to do about it. */
  readonly help: string | undefined;
  /** AWS's own words. */
  readonly cause: string | undefined;
  readonly figures: SourceFigures;
  /** Time between the newest event of the last log file and its being searchable, milliseconds. */
  readonly lagMs: number | undefined;
  /** Over the last five minutes. */
  readonly eventsPerMinute: number;
  readonly progress: SourceProgress | undefined;
  readonly lookedAt: number | undefined;
  /** Messages that were put aside and wait for a person. */
  readonly setAside: number;
  readonly ledger: LedgerTotals;
  /** Kept by the program itself (the sandbox's); it can be paused, not removed. */
  readonly isBuiltIn: boolean;
}

export interface AddRequest {
  readonly name: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What a test of a source finds, as it goes. */
export type TestStep =
  | { readonly kind: "finding"; readonly finding: Finding }
  /** A harmless call was made, and can be known again by `mark` (a word in its user agent). */
  | { readonly kind: "called"; readonly operation: string; readonly mark: string; readonly at: number }
  | { readonly kind: "waiting"; readonly sentence: string; readonly elapsedMs: number }
  | { readonly kind: "searchable"; readonly eventId: string; readonly elapsedMs: number }
  | { readonly kind: "gave-up"; readonly sentence: string; readonly elapsedMs: number };

/** A condition that drops events before they are stored. */
export interface FilterView {
  readonly name: string;
  /** In the language of search. */
  readonly query: string;
  readonly createdAt: number;
  readonly dropped: number;
  readonly lastDroppedAt: number | undefined;
}

/** All sources of a deployment: runs them, says how they are, and takes orders from people. Errors are `CollectError`s. */
export interface Collector extends AsyncDisposable {
  kinds(): readonly KindView[];
  list(): Promise<SourceView[]>;
  /** Rejects with `source-unknown`. */
  get(name: string): Promise<SourceView>;
  /** A source that the program itself keeps: added or brought up to date, and started. */
  keepBuiltIn(request: AddRequest): Promise<SourceView>;
  /** Begins to collect at once. `shown` holds what is told this one time, such as a push source's token. */
  add(request: AddRequest): Promise<{ readonly source: SourceView; readonly shown: Readonly<Record<string, string>> }>;
  pause(name: string): Promise<SourceView>;
  resume(name: string): Promise<SourceView>;
  /** Its events and its ledger stay. */
  remove(name: string): Promise<void>;
  /** Looks at settings that are not added yet. */
  check(request: Omit<AddRequest, "name">, signal: AbortSignal): AsyncIterable<Finding>;
  /** Looks at a source, makes a harmless call where it may, and times its way into search. */
  test(
    name: string,
    options: { readonly waitMs: number; readonly isCallAllowed: boolean },
    signal: AbortSignal,
  ): AsyncIterable<TestStep>;
  aside(name: string, page: { readonly after?: string; readonly limit: number }): Promise<SetAsideMessage[]>;
  /** Hands messages to their source once more; gives what became of each. All of them where no ids are given. */
  sendAgain(
    name: string,
    ids?: readonly string[],
  ): Promise<{ readonly done: number; readonly left: readonly { readonly id: string; readonly reason: string }[] }>;
  dropAside(name: string, ids: readonly string[]): Promise<void>;
  /** How to reach a source's buckets with its own rights; nothing for one that does not speak to AWS. */
  reach(name: string): Promise<SourceReach | undefined>;
  push(name: string, request: PushRequest): Promise<PushResponse>;
  totals(selection: LedgerSelection): Promise<LedgerTotals>;
  hours(selection: LedgerSelection, limit: number): Promise<LedgerHour[]>;
  missing(
    selection: LedgerSelection,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<LedgerEntry[]>;
  /** Objects that failed or were left out are waited for again; gives how many. */
  takeUpAgain(selection: LedgerSelection): Promise<number>;
  accounts(): Promise<KnownAccount[]>;
  filters(): Promise<FilterView[]>;
  addFilter(filter: { readonly name: string; readonly query: string }): Promise<FilterView>;
  removeFilter(name: string): Promise<void>;
}

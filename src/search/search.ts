import type { Predicate } from "../predicate/index.ts";
import type {
  EventFilter,
  EventStore,
  LogFileDetails,
  PagePosition,
  PageRequest,
  StoredEvent,
  TimeBucket,
  ValueCount,
  WholeEvent,
} from "../store/index.ts";
import { actorOf, type Actor } from "./actor.ts";
import { intervalFor } from "./buckets.ts";
import { printCursor, readCursor } from "./cursor.ts";
import { SearchError } from "./errors.ts";
import { explainQuery, fieldPathOf, parseQuery } from "./language/index.ts";
import { readTimeRange } from "./time-range.ts";
import { fieldTexts } from "./field-texts.ts";

/** What a person asks for: a query and a range of time, both as they wrote them. */
export interface Question {
  readonly query: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Of the log files that the events came in; `unjudged` for those without. All when absent. */
  readonly verdicts?: readonly string[] | undefined;
}

export interface EventRow {
  readonly id: string;
  readonly account: string;
  readonly time: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly region: string;
  readonly actor: Actor;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly readOnly: boolean | null;
  readonly category: string;
  readonly eventType: string;
  readonly resourceArns: readonly string[];
  /** The id of the log file that brought it. */
  readonly logFile: string;
  /** Further paths that were asked for, as text. */
  readonly fields?: Readonly<Record<string, string | null>>;
}

export interface EventPage {
  readonly events: readonly EventRow[];
  /** Where to ask on; null when there is no more. */
  readonly cursor: string | null;
  /** The page is not full, and how far was looked in the time that a page may take; null for any other page. */
  readonly searchedTo: string | null;
  readonly range: { readonly from: string | null; readonly to: string | null };
}

export type HistogramPart =
  | {
      readonly kind: "range";
      readonly from: string;
      readonly to: string;
      readonly intervalSeconds: number;
      readonly total: number;
    }
  | {
      readonly kind: "buckets";
      readonly buckets: readonly { readonly at: string; readonly count: number; readonly errors: number }[];
      readonly scanned: number;
      readonly total: number;
      readonly count: number;
    }
  | { readonly kind: "done"; readonly count: number; readonly seconds: number };

export interface Facet {
  readonly field: string;
  readonly values: readonly ValueCount[];
  readonly more: boolean;
}

export interface EventDetails {
  readonly event: EventRow;
  /** The record exactly as it came (bytes that are no UTF-8 replaced). */
  readonly raw: string;
  readonly logFile: LogFileDetails | null;
  /** What brought the event before its log file came, such as a message of EventBridge; null for most. */
  readonly seenFirstIn: string | null;
}

export type Explanation =
  | { readonly ok: true; readonly english: string; readonly sql: string }
  | {
      readonly ok: false;
      readonly error: {
        readonly message: string;
        readonly start: number;
        readonly end: number;
        readonly suggestion?: string;
      };
    };

interface Found {
  readonly found: readonly { readonly event: StoredEvent; readonly raw?: Buffer }[];
  readonly reached: PagePosition | undefined;
}

interface PageQuestion extends Question {
  readonly limit: number;
  readonly order: "newest" | "oldest";
  readonly cursor?: string | undefined;
  readonly fields?: readonly string[] | undefined;
}

/** Questions in the query language, answered from the store. */
export class Search {
  readonly #store: EventStore;
  readonly #now: () => number;

  constructor(store: EventStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async page(question: PageQuestion, signal?: AbortSignal): Promise<EventPage> {
    const filter = this.#filterOf(question);
    const after = question.cursor === undefined ? undefined : readCursor(question.cursor);
    const request = { ...filter, order: question.order, limit: question.limit, after };
    const wanted = question.fields ?? [];
    const { found, reached } = await this.#find(request, wanted.length > 0, signal);
    const next = found.length === question.limit ? found.at(-1)?.event : reached;
    return {
      events: found.map(({ event, raw }) => toRow(event, raw && fieldTexts(raw, wanted))),
      cursor: next ? printCursor(next) : null,
      searchedTo: isoOf(reached?.time) ?? null,
      range: { from: isoOf(filter.from), to: isoOf(filter.to) },
    };
  }

  /** A page that is given once it is full or all was looked through: nobody waits for what was found so far. */
  async fullPage(question: PageQuestion, signal?: AbortSignal): Promise<EventPage> {
    let page = await this.page(question, signal);
    const events = [...page.events];
    while (page.searchedTo !== null && page.cursor !== null && events.length < question.limit) {
      const rest = { ...question, cursor: page.cursor, limit: question.limit - events.length };
      page = await this.page(rest, signal);
      events.push(...page.events);
    }
    return { ...page, events };
  }

  async #find(request: PageRequest, isWhole: boolean, signal: AbortSignal | undefined): Promise<Found> {
    if (isWhole) {
      const { rows, reached } = await this.#store.wholePage(request, signal);
      return { found: rows, reached };
    }
    const { rows, reached } = await this.#store.page(request, signal);
    return { found: rows.map((event) => ({ event })), reached };
  }

  /** Counts over time, newest first, piece by piece. */
  async *histogram(
    question: Question & { readonly buckets: number },
    signal?: AbortSignal,
  ): AsyncGenerator<HistogramPart, void, undefined> {
    const began = this.#now();
    const filter = this.#filterOf(question);
    const stored = await this.#store.range();
    const from = filter.from ?? stored?.first ?? began;
    const to = filter.to ?? (stored ? stored.last + 1 : began);
    const intervalMs = intervalFor(Math.max(to - from, 1), question.buckets);
    let count = 0;
    let isFirst = true;
    for await (const slice of this.#store.countOverTime({ ...filter, intervalMs }, signal)) {
      if (isFirst) yield rangePart(from, to, intervalMs, slice.total);
      isFirst = false;
      count += slice.buckets.reduce((sum, bucket) => sum + bucket.count, 0);
      yield {
        kind: "buckets",
        buckets: slice.buckets.map(toBucket),
        scanned: slice.scanned,
        total: slice.total,
        count,
      };
    }
    if (isFirst) yield rangePart(from, to, intervalMs, 0);
    yield { kind: "done", count, seconds: (this.#now() - began) / 1000 };
  }

  async facets(
    question: Question & {
      readonly fields: readonly string[];
      readonly limit: number;
      readonly contains?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<Facet[]> {
    const filter = this.#filterOf(question);
    return Promise.all(
      question.fields.map(async (field) => {
        const request = {
          ...filter,
          path: this.#pathOf(field),
          limit: question.limit + 1,
          contains: question.contains,
        };
        const values = await this.#store.topValues(request, signal);
        return { field, values: values.slice(0, question.limit), more: values.length > question.limit };
      }),
    );
  }

  /** The records asked for, exactly as they came, one by one. */
  records(
    question: Question & { readonly order: "newest" | "oldest"; readonly limit?: number | undefined },
    signal?: AbortSignal,
  ): AsyncGenerator<Buffer, void, undefined> {
    return this.#store.streamRaw({ ...this.#filterOf(question), order: question.order, limit: question.limit }, signal);
  }

  /** Events with their records exactly as they came, oldest first, at most so many. */
  wholeEvents(
    question: Question & { readonly limit: number },
    signal?: AbortSignal,
  ): AsyncGenerator<WholeEvent, void, undefined> {
    return this.#store.wholeEvents({ ...this.#filterOf(question), limit: question.limit }, signal);
  }

  /** Throws `event-unknown`. Several when accounts share the id. */
  async event(id: string, account?: string): Promise<EventDetails[]> {
    const found = await this.#store.event(id, account);
    if (found.length === 0) {
      throw new SearchError(`There is no event ${id.slice(0, 100)}`, {
        code: "event-unknown",
        fault: "user",
        help: "Look the event up by its eventID; it may not be imported yet",
      });
    }
    return Promise.all(
      found.map(async ({ event, raw, seenFirstIn }) => ({
        event: toRow(event),
        raw: raw.toString("utf8"),
        logFile: (await this.#store.logFile(event.logFile)) ?? null,
        seenFirstIn: seenFirstIn === undefined ? null : ((await this.#store.logFile(seenFirstIn))?.name ?? null),
      })),
    );
  }

  /** Throws what is wrong with a question, before a stream begins. */
  check(question: Question): void {
    this.#filterOf(question);
  }

  explain(question: Question): Explanation {
    const parsed = parseQuery(question.query, { now: this.#now() });
    if (!parsed.ok) return { ok: false, error: parsed.error };
    const range = readTimeRange(question, this.#now());
    const { verdicts } = question;
    const request = { predicate: parsed.predicate, ...range, verdicts, order: "newest", limit: 50 } as const;
    const sql = this.#store.statementOf(request);
    return { ok: true, english: explainQuery(parsed.query), sql };
  }

  #filterOf(question: Question): EventFilter {
    const { query, verdicts } = question;
    return { predicate: this.predicateOf(query), ...readTimeRange(question, this.#now()), verdicts };
  }

  /** What a query asks of an event. Throws `query-invalid`. */
  predicateOf(query: string): Predicate {
    const parsed = parseQuery(query, { now: this.#now() });
    if (parsed.ok) return parsed.predicate;
    const { message, start, end, suggestion } = parsed.error;
    throw new SearchError(message, {
      code: "query-invalid",
      fault: "user",
      ...(suggestion === undefined ? {} : { help: `Did you mean ${suggestion}?` }),
      details: { query, start, end, ...(suggestion === undefined ? {} : { suggestion }) },
    });
  }

  #pathOf(field: string): readonly string[] {
    const path = fieldPathOf(field);
    if (path !== undefined) return path;
    throw new SearchError(`There is no field ${field.slice(0, 100)}`, {
      code: "field-unknown",
      fault: "user",
      help: "Use CloudTrail's own names, such as eventName or userIdentity.arn",
    });
  }
}

function toRow(event: StoredEvent, fields?: Readonly<Record<string, string | null>>): EventRow {
  return {
    id: event.id,
    account: event.account,
    time: new Date(event.time).toISOString(),
    eventName: event.eventName,
    eventSource: event.eventSource,
    region: event.region,
    actor: actorOf(event),
    sourceIp: event.sourceIp,
    userAgent: event.userAgent,
    errorCode: event.errorCode,
    errorMessage: event.errorMessage,
    readOnly: event.readOnly,
    category: event.category,
    eventType: event.eventType,
    resourceArns: event.resourceArns,
    logFile: event.logFile,
    ...(fields ? { fields } : {}),
  };
}

function rangePart(from: number, to: number, intervalMs: number, total: number): HistogramPart {
  return {
    kind: "range",
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    intervalSeconds: intervalMs / 1000,
    total,
  };
}

function toBucket(bucket: TimeBucket): { at: string; count: number; errors: number } {
  return { at: new Date(bucket.at).toISOString(), count: bucket.count, errors: bucket.errors };
}

function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

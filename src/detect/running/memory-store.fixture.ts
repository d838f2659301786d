import { compileMatcher, type Predicate } from "../../predicate/index.ts";
import type { ArrivedFile, StoredEvent, WholeEvent } from "../../store/index.ts";
import type { DetectionStore } from "./options.ts";

/** A record with what detection looks at. */
export interface MadeRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly [field: string]: unknown;
}

/** A store in memory, as far as detection asks one. */
export class MemoryStore implements DetectionStore {
  readonly #events: (WholeEvent & { readonly file: number })[] = [];
  readonly #files: ArrivedFile[] = [];
  readonly #known = new Set<string>();
  readonly #judged = new Set<number>();
  /** How often events were asked for, of arrivals and otherwise, and how many were given. */
  readonly asked = { arrivals: 0, whole: 0, given: 0 };
  /** Throws, while it is set. */
  failure: ((what: "waiting" | "events" | "mark", files: readonly ArrivedFile[]) => void) | undefined;

  /** A log file with these records is read; those that are stored already are not stored again. */
  deliver(records: readonly (MadeRecord | Buffer)[]): void {
    const number = this.#files.length + 1;
    const times: number[] = [];
    for (const each of records) {
      const raw = Buffer.isBuffer(each) ? each : Buffer.from(JSON.stringify(each));
      const event = eventOf(Buffer.isBuffer(each) ? broken : each, number);
      const key = `${event.account}/${event.id}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#events.push({ event, raw, file: number });
      times.push(event.time);
    }
    this.#files.push({
      ...{ number, id: BigInt(number), source: "file", kind: "log", events: times.length, readAt: 0 },
      firstAt: times.length === 0 ? undefined : Math.min(...times),
      lastAt: times.length === 0 ? undefined : Math.max(...times),
    });
    if (times.length === 0) this.#judged.add(number);
  }

  /** Forgets what was judged, as if the marks had been lost. */
  unmark(): void {
    this.#judged.clear();
  }

  get waiting(): number {
    return this.#files.length - this.#judged.size;
  }

  readonly arrivals: DetectionStore["arrivals"] = {
    waiting: (limit) => {
      this.failure?.("waiting", []);
      return Promise.resolve(this.#files.filter(({ number }) => !this.#judged.has(number)).slice(0, limit));
    },
    countWaiting: () => {
      const files = this.#files.filter(({ number }) => !this.#judged.has(number));
      return Promise.resolve({ logFiles: files.length, events: files.reduce((sum, { events }) => sum + events, 0) });
    },
    events: (files, predicate) => {
      this.failure?.("events", files);
      this.asked.arrivals += 1;
      const numbers = new Set(files.map(({ number }) => number));
      return this.#matching(predicate, ({ file }) => numbers.has(file));
    },
    distinct: () => Promise.reject(new Error("Not asked for")),
    markJudged: (files) => {
      this.failure?.("mark", files);
      for (const { number } of files) this.#judged.add(number);
      return Promise.resolve();
    },
    markAll: () => Promise.reject(new Error("Not asked for")),
  };

  readonly wholeEvents: DetectionStore["wholeEvents"] = ({ predicate, from = -Infinity, to = Infinity }) => {
    this.asked.whole += 1;
    return this.#matching(predicate, ({ event }) => event.time >= from && event.time < to);
  };

  readonly countMatches: DetectionStore["countMatches"] = async ({ predicates, from = -Infinity, to = Infinity }) =>
    Promise.all(
      predicates.map(async (predicate) => {
        const found = await Array.fromAsync(
          this.#matching(predicate, ({ event }) => event.time >= from && event.time < to),
        );
        return { count: found.length, first: found.at(0)?.event.time ?? 0, last: found.at(-1)?.event.time ?? 0 };
      }),
    );

  readonly range: DetectionStore["range"] = () => {
    const times = this.#events.map(({ event }) => event.time);
    return Promise.resolve(times.length === 0 ? undefined : { first: Math.min(...times), last: Math.max(...times) });
  };

  async *#matching(
    predicate: Predicate,
    isAsked: (event: WholeEvent & { readonly file: number }) => boolean,
  ): AsyncGenerator<WholeEvent, void, undefined> {
    const matches = compileMatcher(predicate);
    const sorted = this.#events
      .filter(isAsked)
      .toSorted((one, other) => one.event.time - other.event.time || (one.event.id < other.event.id ? -1 : 1));
    for (const each of sorted) {
      const text = each.raw.toString("utf8");
      // What is no JSON is a candidate, whatever is asked for.
      if (text.startsWith("{") && !matches(JSON.parse(text), text)) continue;
      this.asked.given += 1;
      yield each;
      await Promise.resolve();
    }
  }
}

const broken: MadeRecord = { eventID: "broken", eventTime: "2026-10-01T00:00:00Z", eventName: "Broken" };

function eventOf(record: MadeRecord, file: number): StoredEvent {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    id: record.eventID,
    account: text(record.recipientAccountId),
    accountHash: text(record.recipientAccountId),
    time: Date.parse(record.eventTime),
    eventName: record.eventName,
    eventSource: text(record.eventSource),
    region: text(record.awsRegion),
    ...{
      identityType: "",
      principalArn: "",
      issuerArn: "",
      issuerName: "",
      userName: "",
      invokedBy: "",
      accessKey: "",
    },
    sourceIp: text(record.sourceIPAddress),
    ...{ userAgent: "", errorCode: "", errorMessage: "", readOnly: null, category: "", eventType: "" },
    resourceArns: [],
    logFile: String(file),
  };
}

import { compileMatcher } from "../../predicate/index.ts";
import type { ArrivedFile, RecordAsk, StoredRecord } from "../../store/index.ts";
import type { DetectionStore } from "./options.ts";

/** A record with what detection looks at. */
export interface MadeRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly [field: string]: unknown;
}

interface HeldRecord extends StoredRecord {
  readonly file: number;
}

/** A store in memory, as far as detection asks one. */
export class MemoryStore implements DetectionStore {
  readonly #events: HeldRecord[] = [];
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
      const { eventID: id, eventTime, recipientAccountId } = Buffer.isBuffer(each) ? broken : each;
      const account = typeof recipientAccountId === "string" ? recipientAccountId : "";
      const time = Date.parse(eventTime);
      const key = `${account}/${id}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#events.push({ id, account, time, raw, isMarked: true, file: number });
      times.push(time);
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
    isAnyJudged: () => this.#judged.size > 0,
    waiting: (limit) => {
      this.failure?.("waiting", []);
      return Promise.resolve(this.#files.filter(({ number }) => !this.#judged.has(number)).slice(0, limit));
    },
    countWaiting: () => {
      const files = this.#files.filter(({ number }) => !this.#judged.has(number));
      return Promise.resolve({ logFiles: files.length, events: files.reduce((sum, { events }) => sum + events, 0) });
    },
    records: (files, ask) => {
      this.failure?.("events", files);
      this.asked.arrivals += 1;
      const numbers = new Set(files.map(({ number }) => number));
      return this.#matching(ask, ({ file }) => numbers.has(file));
    },
    distinct: () => Promise.reject(new Error("Not asked for")),
    markJudged: (files) => {
      this.failure?.("mark", files);
      for (const { number } of files) this.#judged.add(number);
      return Promise.resolve();
    },
    markAll: () => Promise.reject(new Error("Not asked for")),
  };

  readonly records: DetectionStore["records"] = ({ from = -Infinity, to = Infinity, ...ask }) => {
    this.asked.whole += 1;
    return this.#matching(ask, ({ time }) => time >= from && time < to);
  };

  readonly countMatches: DetectionStore["countMatches"] = async ({ predicates, from = -Infinity, to = Infinity }) =>
    Promise.all(
      predicates.map(async (predicate) => {
        const found = await Array.fromAsync(this.#matching({ predicate }, ({ time }) => time >= from && time < to));
        const times = found.flatMap((records) => records.map(({ time }) => time));
        return { count: times.length, first: times.at(0) ?? 0, last: times.at(-1) ?? 0 };
      }),
    );

  readonly range: DetectionStore["range"] = () => {
    const times = this.#events.map(({ time }) => time);
    return Promise.resolve(times.length === 0 ? undefined : { first: Math.min(...times), last: Math.max(...times) });
  };

  async *#matching(
    { predicate, mark = { kind: "all" } }: RecordAsk,
    isAsked: (record: HeldRecord) => boolean,
  ): AsyncGenerator<readonly StoredRecord[], void, undefined> {
    const [matches, marks] = [compileMatcher(predicate), compileMatcher(mark)];
    const sorted = this.#events
      .filter(isAsked)
      .toSorted((one, other) => one.time - other.time || (one.id < other.id ? -1 : 1));
    for (const each of sorted) {
      const text = each.raw.toString("utf8");
      // What is no JSON is a candidate, whatever is asked for.
      if (text.startsWith("{") && !matches(JSON.parse(text), text)) continue;
      this.asked.given += 1;
      yield [{ ...each, isMarked: text.startsWith("{") && marks(JSON.parse(text), text) }];
      await Promise.resolve();
    }
  }
}

const broken: MadeRecord = { eventID: "broken", eventTime: "2026-10-01T00:00:00Z", eventName: "Broken" };

import type { Engine } from "./engine/engine.ts";
import { parseRows } from "./rows.ts";
import { eventsTable } from "./schema.ts";

export interface TimeRange {
  readonly first: number;
  readonly last: number;
}

export interface StoredRange extends TimeRange {
  readonly events: number;
}

/** The time from the first to the last event that is stored; undefined when there is none. */
async function storedRange(engine: Engine): Promise<StoredRange | undefined> {
  const rows = await engine.query(
    `SELECT toUnixTimestamp64Milli(min(event_time)), toUnixTimestamp64Milli(max(event_time)), count() FROM ${eventsTable}`,
    { format: "JSONCompactEachRow" },
  );
  const [first, last, count] = parseRows<[string | number, string | number, string | number]>(rows)[0] ?? [0, 0, 0];
  return Number(count) === 0 ? undefined : { first: Number(first), last: Number(last), events: Number(count) };
}

/**
 * The time from the first to the last stored event, asked of the engine once between two writes: every page wants it, and
 * to ask takes a third as long as a quick page. Events are written through here only, so what is remembered is true.
 */
export class KnownRange {
  readonly #engine: Engine;
  #writes = 0;
  #known: Promise<StoredRange | undefined> | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Undefined when nothing is stored. */
  async get(): Promise<StoredRange | undefined> {
    if (this.#writes > 0) return storedRange(this.#engine);
    const known = (this.#known ??= storedRange(this.#engine));
    try {
      return await known;
    } catch (error) {
      if (this.#known === known) this.#known = undefined;
      throw error;
    }
  }

  /** Runs what may store events; some of them may be seen before it ends. */
  async during<Outcome>(write: () => Promise<Outcome>): Promise<Outcome> {
    this.#writes++;
    this.#known = undefined;
    try {
      return await write();
    } finally {
      this.#writes--;
    }
  }
}

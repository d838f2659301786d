import { parseStored } from "../../cloudtrail/index.ts";
import type { StoredRecord } from "../../store/index.ts";
import type { RuleSet } from "../rule-set.ts";
import type { AssembledRule } from "../sigma/assemble.ts";
import { type EventFacts, type FactTaker, keyOf } from "./event-facts.ts";

const unreadMax = 10_000;

/** An event that rules match. */
export interface Match {
  readonly facts: EventFacts;
  readonly record: unknown;
  readonly rules: readonly AssembledRule[];
}

/** Holds rules against events one by one; what cannot be read is counted, and does not keep the others waiting. */
export class Matching {
  readonly #taker: FactTaker;
  readonly #onFailure: (error: unknown) => void;
  /** Events that could not be judged, each once; of very many not all. */
  readonly #unread = new Set<string>();

  constructor(taker: FactTaker, onFailure: (error: unknown) => void) {
    this.#taker = taker;
    this.#onFailure = onFailure;
  }

  /** How many events could not be judged. */
  get unread(): number {
    return this.#unread.size;
  }

  match(set: RuleSet<AssembledRule>, stored: StoredRecord): Match | undefined {
    try {
      const text = stored.raw.toString("utf8");
      const record = parseStored(stored.raw, text);
      if (record === undefined) throw new Error(`The record of ${keyOf(stored)} is not JSON`);
      const rules = set.matching(record, text, stored.isMarked);
      return rules.length === 0 ? undefined : { facts: this.#taker.factsOf(stored, record), record, rules };
    } catch (error) {
      // The first is enough to see what is wrong.
      if (this.#unread.size === 0) this.#onFailure(error);
      if (this.#unread.size < unreadMax) this.#unread.add(keyOf(stored));
      return undefined;
    }
  }
}

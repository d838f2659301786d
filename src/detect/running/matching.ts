import type { WholeEvent } from "../../store/index.ts";
import type { AssembledRule } from "../sigma/assemble.ts";
import type { EventFacts, FactTaker } from "./event-facts.ts";
import type { ReadyRules } from "./ready-rules.ts";

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
  /** Events that could not be judged. */
  unread = 0;

  constructor(taker: FactTaker, onFailure: (error: unknown) => void) {
    this.#taker = taker;
    this.#onFailure = onFailure;
  }

  match({ set }: ReadyRules, { event, raw }: WholeEvent): Match | undefined {
    try {
      const text = raw.toString("utf8");
      const record: unknown = JSON.parse(text);
      const rules = set.matching(record, text);
      return rules.length === 0 ? undefined : { facts: this.#taker.factsOf(event, record), record, rules };
    } catch (error) {
      // The first is enough to see what is wrong.
      if (this.unread === 0) this.#onFailure(error);
      this.unread += 1;
      return undefined;
    }
  }
}

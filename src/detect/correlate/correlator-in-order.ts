import type { Correlator } from "./correlator.ts";
import type { CorrelationHit, MatchedEvent } from "./matched-event.ts";

/** Time goes on in such steps at least: looking what can be judged costs something. */
const settleEveryMs = 60_000;

/** Gives a correlator events that come in the order of time: what lies before one of them can be judged. */
export class CorrelatorInOrder {
  readonly #correlator: Pick<Correlator, "take" | "settle">;
  readonly #settledMax: number;
  #settledAt = Number.NEGATIVE_INFINITY;

  /** No time after `settledMax` is settled: events of it may still come. */
  constructor(correlator: Pick<Correlator, "take" | "settle">, settledMax: number = Number.POSITIVE_INFINITY) {
    this.#correlator = correlator;
    this.#settledMax = settledMax;
  }

  take(event: MatchedEvent): readonly CorrelationHit[] {
    const before = event.at - 1;
    const settled = before >= this.#settledAt + settleEveryMs ? this.settle(before) : [];
    return [...settled, ...this.#correlator.take(event)];
  }

  settle(until: number): readonly CorrelationHit[] {
    this.#settledAt = until;
    return this.#correlator.settle(Math.min(until, this.#settledMax));
  }
}

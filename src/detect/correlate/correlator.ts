import type { AssembledCorrelation } from "../sigma/assemble.ts";
import { CorrelationState, type Occurrence } from "./correlation-state.ts";
import type { CorrelationCounts, CorrelationHit, MatchedEvent, Told } from "./matched-event.ts";

/**
 * Finds correlations in events that come in any order and more than once. `take` an event as it arrives; `settle` a time
 * when no more events of it are waited for: conditions that more events could undo are judged then, and what is older
 * than any window can reach is forgotten.
 */
export class Correlator {
  /** Those that others build on come first. */
  readonly #states: readonly CorrelationState[];
  readonly #listeners = new Map<string, CorrelationState[]>();

  /** `tell` is called with the events behind hits, each once for a group, also with those that come later than the hit. */
  constructor(correlations: readonly AssembledCorrelation[], tell: (told: Told) => void = () => undefined) {
    const builtOn = new Set(correlations.flatMap(({ rules }) => rules));
    this.#states = correlations.map((each) => new CorrelationState(each, builtOn.has(each.correlation.key), tell));
    for (const state of this.#states) {
      for (const rule of state.rules) {
        const known = this.#listeners.get(rule);
        if (known === undefined) this.#listeners.set(rule, [state]);
        else known.push(state);
      }
    }
  }

  /** What took no part so far, of all correlations. */
  get counts(): CorrelationCounts {
    const sum = { repeated: 0, late: 0, ungrouped: 0, overflowed: 0 };
    for (const { counts } of this.#states) {
      sum.repeated += counts.repeated;
      sum.late += counts.late;
      sum.ungrouped += counts.ungrouped;
      sum.overflowed += counts.overflowed;
    }
    return sum;
  }

  /** Entries of all groups. */
  get size(): number {
    return this.#states.reduce((sum, state) => sum + state.size, 0);
  }

  take(event: MatchedEvent): readonly CorrelationHit[] {
    const { id, at, note } = event;
    return this.#spread([{ ...event, evidence: [{ id, at, note }] }]);
  }

  /** `until` in milliseconds since the epoch; `Infinity` at the end of a look back. */
  settle(until: number): readonly CorrelationHit[] {
    const hits: CorrelationHit[] = [];
    // In this order a hit reaches those that build on it before they are settled themselves.
    for (const state of this.#states) {
      const found = state.settle(until);
      hits.push(...found.map(({ hit }) => hit), ...this.#spread(found.map(({ occurrence }) => occurrence)));
    }
    for (const state of this.#states) state.forget(until);
    return hits;
  }

  #spread(occurrences: readonly Occurrence[]): readonly CorrelationHit[] {
    const hits: CorrelationHit[] = [];
    const waiting = [...occurrences];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const occurrence = next;
      const states = new Set(occurrence.rules.flatMap((rule) => this.#listeners.get(rule) ?? []));
      for (const state of states) {
        for (const { hit, occurrence: another } of state.take(occurrence)) {
          hits.push(hit);
          waiting.push(another);
        }
      }
    }
    return hits;
  }
}

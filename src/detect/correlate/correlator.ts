import type { AssembledCorrelation } from "../sigma/assemble.ts";
import { CorrelationState, type Occurrence } from "./correlation-state.ts";
import { Load, type LoadMax, usualLoadMax } from "./load.ts";
import type { CorrelationCounts, CorrelationHit, MatchedEvent, Told } from "./matched-event.ts";
import { passedOn } from "./pared-record.ts";

/**
 * Finds correlations in events that come in any order and more than once. `take` an event as it arrives; `settle` a time
 * when no more events of it are waited for: conditions that more events could undo are judged then, and what is older
 * than any window can reach is forgotten. Where there is too much to remember, the groups that were added to longest ago
 * are given up, which is counted.
 */
export class Correlator {
  /** Those that others build on come first. */
  readonly #states: readonly CorrelationState[];
  readonly #listeners = new Map<string, CorrelationState[]>();
  readonly #load = new Load();
  readonly #max: LoadMax;

  /** `tell` is called with the events behind hits, each once for a group, also with those that come later than the hit. */
  constructor(
    correlations: readonly AssembledCorrelation[],
    tell: (told: Told) => void = () => undefined,
    max: LoadMax = usualLoadMax,
  ) {
    const wanted = passedOn(correlations);
    this.#max = max;
    this.#states = correlations.map((each) => {
      const parts = { passedOn: wanted.get(each.correlation.key), tell, load: this.#load };
      return new CorrelationState(each, parts);
    });
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
    return this.#load.counts;
  }

  /** Groups were given up that windows which are still open could have been about; passes as time goes on. */
  get isLacking(): boolean {
    return this.#states.some(({ isLacking }) => isLacking);
  }

  /** Entries of all groups. */
  get size(): number {
    return this.#load.entries;
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
        this.#makeRoom();
      }
    }
    return hits;
  }

  /** The correlation that holds most gives up its oldest groups. */
  #makeRoom(): void {
    const { entries, groups } = this.#max;
    while (this.#load.entries > entries) this.#greatestBy((state) => state.entries)?.giveUpOldest();
    while (this.#load.groups > groups) this.#greatestBy((state) => state.groups)?.giveUpOldest();
  }

  #greatestBy(measure: (state: CorrelationState) => number): CorrelationState | undefined {
    let greatest: CorrelationState | undefined;
    for (const state of this.#states) {
      if (greatest === undefined || measure(state) > measure(greatest)) greatest = state;
    }
    return greatest;
  }
}

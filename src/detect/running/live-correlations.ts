import { Correlator } from "../correlate/correlator.ts";
import type { MatchedEvent, Told } from "../correlate/matched-event.ts";
import type { HitRow } from "../../state/index.ts";
import { EventClock } from "./event-clock.ts";
import { rowsOfTold } from "./hit-rows.ts";
import type { ReadyRules } from "./ready-rules.ts";
import { type Span, SpanGatherer } from "./spans.ts";

/** So many entries are held while log files of the same time still wait; with more, time goes on without them. */
const patientEntriesMax = 300_000;

/** What correlations remember of the newest time, while events arrive. */
export class LiveCorrelations {
  readonly rules: ReadyRules;
  readonly #correlator: Correlator;
  readonly #clock = new EventClock();
  readonly #late = new SpanGatherer();
  /** All that windows which end from then on are about is known. */
  readonly #wholeFrom: number;
  #settledUntil = Number.NEGATIVE_INFINITY;
  #rows: HitRow[] = [];

  constructor(rules: ReadyRules, wholeFrom: number) {
    this.rules = rules;
    this.#wholeFrom = wholeFrom;
    this.#correlator = new Correlator(rules.correlations, (told) => this.#rows.push(...this.#rowsOf(told)));
  }

  /** Takes what is stored already. */
  seed(event: MatchedEvent, now: number): void {
    this.#correlator.take(event);
    this.#clock.see(event.at, now);
  }

  /** Takes what has arrived; what is too late for its correlations makes a span that is to be judged once more. */
  take(event: MatchedEvent, now: number): void {
    const { late } = this.#correlator.counts;
    this.#correlator.take(event);
    if (this.#correlator.counts.late > late || event.at < this.#wholeFrom) {
      // It has a part in windows that end with it or behind it.
      this.#late.add({ from: event.at, to: event.at + this.rules.reaches.ofRules(event.rules) });
    }
    this.#clock.see(event.at, now);
  }

  /** Events of this time were stored, whether they are about a correlation or not. */
  see(at: number, now: number): void {
    this.#clock.see(at, now);
  }

  /** Judges what no more events are waited for, at most up to a time; not what log files that still wait are about. */
  settle(now: number, waiting: readonly number[], atMost = Number.POSITIVE_INFINITY): void {
    const until = Math.min(this.#clock.settledUntil(now), atMost);
    if (!Number.isFinite(until)) return;
    const open = waiting.filter((at) => at > this.#settledUntil);
    const isPatient = open.length > 0 && this.#correlator.size < patientEntriesMax;
    const settled = isPatient ? open.reduce((first, at) => Math.min(first, at - 1), until) : until;
    if (settled <= this.#settledUntil) return;
    this.#settledUntil = settled;
    this.#correlator.settle(settled);
  }

  /** What happened until then is not waited for any more. */
  get settledUntil(): number {
    return this.#settledUntil;
  }

  get size(): number {
    return this.#correlator.size;
  }

  /** There was too much to remember: some stories may be missing. */
  get isLacking(): boolean {
    return this.#correlator.isLacking;
  }

  /** What was found since it was asked last. */
  drain(): readonly HitRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** The times that are to be judged once more, as far as they came up since it was asked last. */
  drainLate(): readonly Span[] {
    return this.#late.take();
  }

  #rowsOf(told: Told): readonly HitRow[] {
    const { reaches } = this.rules;
    const found = this.rules.correlation.get(told.correlation);
    if (found === undefined || !found.isAlone) return [];
    if (told.to < this.#wholeFrom && !reaches.isSound(told.correlation)) return [];
    return rowsOfTold(told, found.correlation, this.rules.terms(told.correlation));
  }
}

import { foldText } from "../../predicate/index.ts";

/** Of all events, the share of a name from which on it is worth asking more than the name. */
const shareMin = 0.004;
/** Before so many events nothing is known. */
const eventsMin = 5_000;

/** Which names of events turn up so often that not all events of that name should be looked at one by one. */
export class FrequentNames {
  readonly #counts = new Map<string, number>();
  readonly #frequent = new Set<string>();
  #events = 0;

  /** Grows only: what was frequent once stays known as such. */
  get frequent(): ReadonlySet<string> {
    return this.#frequent;
  }

  add(eventName: string): void {
    this.#counts.set(eventName, (this.#counts.get(eventName) ?? 0) + 1);
  }

  /** So many events were looked through; true when more names are frequent than before. */
  finish(events: number): boolean {
    this.#events += events;
    if (this.#events < eventsMin) return false;
    const known = this.#frequent.size;
    for (const [name, count] of this.#counts) {
      if (count >= shareMin * this.#events) this.#frequent.add(foldText(name));
    }
    this.#counts.clear();
    this.#events = 0;
    return this.#frequent.size > known;
  }
}

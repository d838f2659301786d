import type { Evidence } from "./matched-event.ts";

/** One event in a group. */
export interface Entry {
  readonly id: string;
  readonly at: number;
  /** Events that stand behind it: itself, or those of the hit that it is. */
  readonly evidence: readonly Evidence[];
  /** What it is looked up by: numbers of rules, or values. */
  readonly lanes: Set<string>;
  /** The numbers of the condition's field. */
  readonly numbers: readonly number[];
  /** What of it other correlations that build on this one ask for. */
  readonly record: unknown;
  isJudged: boolean;
  isHit: boolean;
  /** It was told as evidence. */
  isTold: boolean;
}

/** Entries in the order of time; those of one instant in the order of their ids, so that arrival plays no part. */
export class Timeline {
  readonly #entries: Entry[] = [];

  get length(): number {
    return this.#entries.length;
  }

  at(index: number): Entry | undefined {
    return this.#entries[index];
  }

  /** Puts an entry in its place and says which. */
  insert(entry: Entry): number {
    const index = this.#search((each) => isBefore(each, entry));
    this.#entries.splice(index, 0, entry);
    return index;
  }

  /** Where an entry stands. */
  indexOf(entry: Entry): number {
    return this.#search((each) => isBefore(each, entry));
  }

  /** Where the first entry of this instant or a later one stands. */
  firstFrom(at: number): number {
    return this.#search((each) => each.at < at);
  }

  /** Where the first entry behind this instant stands. */
  firstAfter(at: number): number {
    return this.#search((each) => each.at <= at);
  }

  slice(from: number, to: number): readonly Entry[] {
    return this.#entries.slice(from, to);
  }

  /** For each place, what the numbers before it add up to and how many they are. */
  sums(): readonly { readonly sum: number; readonly count: number }[] {
    const sums = [{ sum: 0, count: 0 }];
    let [sum, count] = [0, 0];
    for (const { numbers } of this.#entries) {
      for (const number of numbers) sum += number;
      count += numbers.length;
      sums.push({ sum, count });
    }
    return sums;
  }

  /** Takes the oldest entries away. */
  dropFirst(count: number): readonly Entry[] {
    return this.#entries.splice(0, count);
  }

  /** Takes one entry away. */
  drop(entry: Entry): void {
    const index = this.indexOf(entry);
    if (this.#entries[index] === entry) this.#entries.splice(index, 1);
  }

  #search(isLeft: (entry: Entry) => boolean): number {
    const last = this.#entries.at(-1);
    // What comes in order is put at the end at once.
    if (last === undefined || isLeft(last)) return this.#entries.length;
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && isLeft(entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

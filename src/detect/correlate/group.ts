import { type Entry, Timeline } from "./timeline.ts";

/** The events of one group of one correlation. */
export class Group {
  readonly values: readonly string[];
  readonly timeline = new Timeline();
  /** Ends of windows for which the condition held. */
  readonly hits = new Timeline();
  readonly #entriesMax: number;
  readonly #byId = new Map<string, Entry>();
  readonly #lanes = new Map<string, Timeline>();
  #sums: readonly { readonly sum: number; readonly count: number }[] | undefined;

  /** Of more entries than `entriesMax` the oldest make room. */
  constructor(values: readonly string[], entriesMax: number) {
    this.values = values;
    this.#entriesMax = entriesMax;
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** Adds an entry; says how many of the oldest had to make room. */
  add(entry: Entry): number {
    this.#byId.set(entry.id, entry);
    this.timeline.insert(entry);
    this.#sums = undefined;
    for (const lane of entry.lanes) this.#laneOf(lane).insert(entry);
    const surplus = Math.max(0, this.timeline.length - this.#entriesMax);
    if (surplus > 0) this.#dropFirst(surplus);
    return surplus;
  }

  /** One that is known matches one more rule. */
  addLane(entry: Entry, lane: string): void {
    entry.lanes.add(lane);
    this.#laneOf(lane).insert(entry);
  }

  lane(name: string): Timeline | undefined {
    return this.#lanes.get(name);
  }

  /** How many lanes have an entry between an instant and an entry, both included; stops counting at `enough`. */
  countLanes(from: number, end: Entry, enough: number): number {
    const [first, last] = [this.timeline.firstFrom(from), this.timeline.indexOf(end)];
    return this.#lanes.size < last - first
      ? this.#countByLane(from, end, enough)
      : this.#countByEntry(first, last, enough);
  }

  /** Asks each lane: quick when there are few, however many entries they have. */
  #countByLane(from: number, end: Entry, enough: number): number {
    let count = 0;
    for (const lane of this.#lanes.values()) {
      const first = lane.at(lane.firstFrom(from));
      const isInside = first !== undefined && (first.at < end.at || (first.at === end.at && first.id <= end.id));
      count += isInside ? 1 : 0;
      if (count >= enough) break;
    }
    return Math.min(count, enough);
  }

  /** Goes back over the window: quick when its entries differ, as enough are found soon. */
  #countByEntry(first: number, last: number, enough: number): number {
    const found = new Set<string>();
    for (let index = last; index >= first && found.size < enough; index -= 1) {
      for (const lane of this.timeline.at(index)?.lanes ?? []) found.add(lane);
    }
    return Math.min(found.size, enough);
  }

  /** Sum and count of the numbers of the entries from one place to another, the latter not included. */
  numbersBetween(from: number, to: number): { readonly sum: number; readonly count: number } {
    this.#sums ??= this.timeline.sums();
    const [before, until] = [this.#sums[from], this.#sums[to]];
    return { sum: (until?.sum ?? 0) - (before?.sum ?? 0), count: (until?.count ?? 0) - (before?.count ?? 0) };
  }

  /** Forgets everything before an instant; says how many entries that were. */
  forgetBefore(at: number): number {
    const count = this.timeline.firstFrom(at);
    this.#dropFirst(count);
    return count;
  }

  #dropFirst(count: number): void {
    this.#sums = undefined;
    for (const entry of this.timeline.dropFirst(count)) {
      this.#byId.delete(entry.id);
      this.hits.drop(entry);
      for (const name of entry.lanes) {
        const lane = this.#lanes.get(name);
        lane?.drop(entry);
        if (lane?.length === 0) this.#lanes.delete(name);
      }
    }
  }

  #laneOf(name: string): Timeline {
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    const lane = new Timeline();
    this.#lanes.set(name, lane);
    return lane;
  }
}

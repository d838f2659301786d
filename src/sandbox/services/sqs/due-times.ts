interface Due<Item> {
  readonly at: number;
  /** Counts up, so that what is due at one instant comes as it was added. */
  readonly order: number;
  readonly item: Item;
}

/** Instants with what is due then; the earliest comes first. A binary heap. */
export class DueTimes<Item> {
  readonly #heap: Due<Item>[] = [];
  #added = 0;

  /** The earliest instant. */
  get next(): number | undefined {
    return this.#heap[0]?.at;
  }

  add(at: number, item: Item): void {
    const heap = this.#heap;
    const added = { at, order: (this.#added += 1), item };
    let place = heap.push(added) - 1;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, added)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = added;
  }

  /** Takes out the first of what is due. */
  take(now: number): Item | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.at > now) return undefined;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first.item;
    let place = 0;
    for (;;) {
      const left = heap[place * 2 + 1];
      const right = heap[place * 2 + 2];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const below = isRight ? right : left;
      if (below === undefined || isBefore(last, below)) break;
      heap[place] = below;
      place = place * 2 + (isRight ? 2 : 1);
    }
    heap[place] = last;
    return first.item;
  }
}

function isBefore(a: Due<unknown>, b: Due<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Lets so many do something at once; the others wait in the order in which they came. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot; dispose of it to give it back. */
  async take(): Promise<Disposable> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        const next = this.#waiting.shift();
        if (next) next();
        else this.#free++;
      },
    };
  }
}

/** Does something with each, so many at once; ends with the first that rejects, when those under way have ended. */
export async function forEachAtOnce<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const failure: { error?: unknown } = {};
  const worker = async () => {
    for (let next = left.next(); next.done !== true && !("error" in failure); next = left.next()) {
      try {
        await work(next.value);
      } catch (error) {
        if (!("error" in failure)) failure.error = error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if ("error" in failure) throw failure.error;
}

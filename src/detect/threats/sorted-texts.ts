/** Short texts, each with a number, in one piece of memory: 8 bytes and its letters for each. Found by halving. */
export class SortedTexts {
  readonly #letters: Buffer;
  /** Where each text begins, and behind the last one where it ends. */
  readonly #starts: Uint32Array;
  readonly #values: Uint32Array;

  private constructor(letters: Buffer, starts: Uint32Array, values: Uint32Array) {
    this.#letters = letters;
    this.#starts = starts;
    this.#values = values;
  }

  /** Of ASCII texts, in any order, each once. */
  static build(rows: readonly (readonly [text: string, value: number])[]): SortedTexts {
    const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const starts = new Uint32Array(sorted.length + 1);
    let length = 0;
    for (const [index, [text]] of sorted.entries()) {
      length += text.length;
      starts[index + 1] = length;
    }
    const letters = Buffer.allocUnsafe(length);
    for (const [index, [text]] of sorted.entries()) letters.write(text, starts[index] ?? 0, "latin1");
    return new SortedTexts(letters, starts, Uint32Array.from(sorted.map(([, value]) => value)));
  }

  get size(): number {
    return this.#values.length;
  }

  find(text: string): number | undefined {
    const wanted = Buffer.from(text, "latin1");
    let [low, high] = [0, this.#values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = wanted.compare(this.#letters, this.#starts[middle], this.#starts[middle + 1]);
      if (order === 0) return this.#values[middle];
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return undefined;
  }
}

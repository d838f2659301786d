/** Short ASCII texts, each with a number, in one piece of memory: 8 bytes and its letters for each. Found by halving. */
export class SortedTexts {
  readonly #letters: Buffer;
  /** Where each text begins, and behind the last one where it ends. */
  readonly #starts: Uint32Array;
  readonly #values: Uint32Array;

  constructor(letters: Buffer, starts: Uint32Array, values: Uint32Array) {
    this.#letters = letters;
    this.#starts = starts;
    this.#values = values;
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

/** Takes texts in their order, each once, and lays them side by side. */
export class SortedTextsBuilder {
  #letters = Buffer.alloc(4096);
  #length = 0;
  readonly #starts: number[] = [0];
  readonly #values: number[] = [];
  #last = "";

  /** Leaves out what is not in its order: nobody would find it, and it would hide its neighbours. Says if it took it. */
  add(text: string, value: number): boolean {
    if (text <= this.#last) return false;
    this.#last = text;
    if (this.#length + text.length > this.#letters.length) {
      const grown = Buffer.alloc(this.#letters.length * 2 + text.length);
      this.#letters.copy(grown, 0, 0, this.#length);
      this.#letters = grown;
    }
    this.#length += this.#letters.write(text, this.#length, "latin1");
    this.#starts.push(this.#length);
    this.#values.push(value);
    return true;
  }

  build(): SortedTexts {
    const letters = Buffer.from(this.#letters.subarray(0, this.#length));
    return new SortedTexts(letters, Uint32Array.from(this.#starts), Uint32Array.from(this.#values));
  }
}

/** Keeps what was asked for last, up to so many; what was not asked for longest makes room. */
export class Recent<Key, Value> {
  readonly #max: number;
  // a Map keeps the order in which its keys were put in
  readonly #held = new Map<Key, Value>();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: Key): Value | undefined {
    const value = this.#held.get(key);
    if (value !== undefined) {
      this.#held.delete(key);
      this.#held.set(key, value);
    }
    return value;
  }

  set(key: Key, value: Value): void {
    this.#held.delete(key);
    this.#held.set(key, value);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#max) return;
      this.#held.delete(oldest);
    }
  }
}

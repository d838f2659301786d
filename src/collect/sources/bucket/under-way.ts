/** Work that goes on beside whoever began it, bounded in number. */
export class UnderWay {
  readonly #most: number;
  readonly #going = new Set<Promise<void>>();
  readonly #onFailure: (error: unknown) => void;

  constructor(most: number, onFailure: (error: unknown) => void) {
    this.#most = most;
    this.#onFailure = onFailure;
  }

  /** Begins it, and resolves when there is room for another. */
  async start(work: () => Promise<unknown>): Promise<void> {
    const going: Promise<void> = work()
      .then(() => undefined, this.#onFailure)
      .finally(() => this.#going.delete(going));
    this.#going.add(going);
    if (this.#going.size >= this.#most) await Promise.race(this.#going);
  }

  async settled(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
  }
}

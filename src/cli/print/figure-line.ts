import { type Clock } from "../../base/clock.ts";
import { type Terminal } from "./terminal.ts";

const showEveryMilliseconds = 1000;

/** A line of figures that is shown again when it has changed, once a second at most; a person sees it in its place. */
export class FigureLine {
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  #text = "";
  #shown = "";
  #shownAt = Number.NEGATIVE_INFINITY;
  #isWaiting = false;

  constructor(terminal: Terminal, clock: Clock) {
    this.#terminal = terminal;
    this.#clock = clock;
  }

  show(text: string): void {
    this.#text = text;
    if (this.#isWaiting || this.#stopping.signal.aborted) return;
    const at = this.#shownAt + showEveryMilliseconds;
    if (this.#clock.now() >= at) {
      this.#print();
      return;
    }
    this.#isWaiting = true;
    void this.#printAt(at);
  }

  /** Shows what has changed since, and no more after that. */
  end(): void {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    this.#print();
  }

  async #printAt(at: number): Promise<void> {
    try {
      await this.#clock.waitUntil(at, this.#stopping.signal);
    } catch {
      return;
    }
    this.#isWaiting = false;
    this.#print();
  }

  #print(): void {
    if (this.#text === this.#shown) return;
    this.#shown = this.#text;
    this.#shownAt = this.#clock.now();
    if (this.#terminal.isInteractive) this.#terminal.status(this.#text);
    else this.#terminal.talk(this.#text);
  }
}

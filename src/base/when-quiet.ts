/** Does something when nothing was under way for a while after something was: once each time. */
export class WhenQuiet implements Disposable {
  readonly #quietMs: number;
  readonly #act: () => void;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(quietMs: number, act: () => void) {
    this.#quietMs = quietMs;
    this.#act = act;
  }

  begin(): void {
    this.#underWay += 1;
    clearTimeout(this.#timer);
  }

  end(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0 || this.#isOver) return;
    clearTimeout(this.#timer);
    // Nobody stays for it.
    this.#timer = setTimeout(this.#act, this.#quietMs).unref();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}

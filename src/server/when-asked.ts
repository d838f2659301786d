/** A station that is brought in and opened when it is first asked for; most commands never ask for it. */
export class WhenAsked<Station extends AsyncDisposable> implements AsyncDisposable {
  readonly #open: () => Promise<Station>;
  #opening: Promise<Station> | undefined;

  constructor(open: () => Promise<Station>) {
    this.#open = open;
  }

  /** The same one each time. */
  get(): Promise<Station> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#opening?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}

import { type Clock, pauseOrStop } from "../../base/clock.ts";
import type { KeptList } from "./list-book.ts";

export interface ListPaceOptions {
  readonly clock: Clock;
  readonly lists: () => readonly KeptList[];
  readonly refresh: (name: string, signal: AbortSignal) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** It looks at least so often: a clock may have been set. */
const lookMs = 3_600_000;

/** Has each list of a URL fetched when its time has come. */
export class ListPace {
  readonly #options: ListPaceOptions;
  #running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  #wake = new AbortController();

  constructor(options: ListPaceOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running !== undefined) return;
    const stop = new AbortController();
    this.#running = { stop, done: this.#run(stop.signal) };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.stop.abort(new DOMException("Stopped", "AbortError"));
    await running?.done;
  }

  /** The lists, or their pace, have changed. */
  look(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, lists, refresh, onFailure } = this.#options;
    while (!signal.aborted) {
      const wake = this.#wake.signal;
      for (const { name } of lists().filter((list) => dueAt(list) <= clock.now())) {
        if (signal.aborted) return;
        await refresh(name, signal).catch((error: unknown) => {
          if (!signal.aborted) onFailure(error);
        });
      }
      const next = Math.min(
        ...lists()
          .map(dueAt)
          .filter((at) => at > clock.now()),
        clock.now() + lookMs,
      );
      await pauseOrStop(clock, next - clock.now(), AbortSignal.any([signal, wake]));
    }
  }
}

/** What failed is tried again sooner. */
const triedAgainMs = 1_800_000;

function dueAt({ url, everyMs, triedAt, problem }: KeptList): number {
  const waits = problem === undefined ? everyMs : Math.min(everyMs, triedAgainMs);
  return url === "" ? Infinity : (triedAt ?? 0) + waits;
}

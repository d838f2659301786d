import { growingPauseMs } from "../../base/growing-pause.ts";

const waitMs = { first: 60_000, most: 15 * 60_000 };

/** Which lanes are not to be tried for a while, because what was last tried there failed; longer each time. */
export class Gates {
  readonly #closed = new Map<string, { readonly failures: number; readonly until: number }>();

  isOpen(lane: string, now: number): boolean {
    return now >= (this.#closed.get(lane)?.until ?? 0);
  }

  noteSuccess(lane: string): void {
    this.#closed.delete(lane);
  }

  noteFailure(lane: string, now: number): void {
    const failures = (this.#closed.get(lane)?.failures ?? 0) + 1;
    this.#closed.set(lane, { failures, until: now + growingPauseMs(waitMs, failures - 1) });
  }

  /** Opens the lanes whose names begin so. */
  open(prefix: string): void {
    for (const lane of this.#closed.keys()) if (lane.startsWith(prefix)) this.#closed.delete(lane);
  }
}

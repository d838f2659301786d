import type { Clock } from "../../../base/clock.ts";

/** Two calls a second of an account in a region (AWS General Reference, "CloudTrail endpoints and quotas"), and a little less. */
const gapMs = 520;

/** Lets calls through one after another, no quicker than AWS takes them. */
export class CallPace {
  readonly #clock: Clock;
  #nextAt = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when a call may go. */
  turn(signal: AbortSignal): Promise<void> {
    const turn = this.#take(this.#last, signal);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** AWS asked for patience: nobody calls for so long. */
  holdFor(milliseconds: number): void {
    this.#nextAt = Math.max(this.#nextAt, this.#clock.now() + milliseconds);
  }

  async #take(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
    await before;
    signal.throwIfAborted();
    while (this.#clock.now() < this.#nextAt) await this.#clock.waitUntil(this.#nextAt, signal);
    this.#nextAt = this.#clock.now() + gapMs;
  }
}

const paces = new WeakMap<Clock, Map<string, CallPace>>();

/** The pace of an account in a region, one for all sources that ask there. */
export function paceFor(clock: Clock, place: string): CallPace {
  const ofClock = paces.get(clock) ?? new Map<string, CallPace>();
  paces.set(clock, ofClock);
  const pace = ofClock.get(place) ?? new CallPace(clock);
  ofClock.set(place, pace);
  return pace;
}

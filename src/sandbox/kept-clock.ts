import { ScaledClock } from "../base/clock.ts";
import { type LastingState } from "../base/lasting.ts";

interface Kept {
  readonly now: number;
  readonly speed: number;
}

/** How often the clock is written down, by the machine's time, and how far ahead of itself. */
const keptEveryMilliseconds = 1000;
const aheadMilliseconds = 2 * keptEveryMilliseconds;

/** The sandbox's clock: it goes on where it stood, or from the machine's time where that is later. */
export interface KeptClock extends Disposable {
  readonly clock: ScaledClock;
}

/**
 * Opens the clock that lasts. It is written down a little ahead every second, so that after a kill no time comes again
 * that somebody was told.
 */
export function openKeptClock(state: LastingState, speed: number | undefined): KeptClock {
  const collection = state.collection<Kept>("sandbox/clock");
  const before = collection.get("clock");
  const keep = (ahead: number): void =>
    collection.put("clock", { now: Math.ceil(clock.now() + ahead * clock.speed), speed: clock.speed });
  const clock = new ScaledClock({
    start: Math.max(before?.now ?? 0, Date.now()),
    speed: speed ?? before?.speed ?? 1,
    onMove: () => keep(aheadMilliseconds),
  });
  keep(aheadMilliseconds);
  const timer = setInterval(() => keep(aheadMilliseconds), keptEveryMilliseconds);
  timer.unref();
  return {
    clock,
    [Symbol.dispose]() {
      clearInterval(timer);
      keep(0);
    },
  };
}

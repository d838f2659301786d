import { pauseOrStop, type Clock } from "../../base/clock.ts";
import type { ObjectTaker } from "./object-taker.ts";

const everyMs = 10_000;
/** Who has an object in hand needs some time before another way is tried. */
const heardLongAgoMs = 5 * 60_000;

/**
 * Takes at the start all that is open from before, then whatever has been open for long or is to be tried again. Resolves
 * when the signal is aborted.
 */
export async function takeUpDue(taker: ObjectTaker, clock: Clock, signal: AbortSignal): Promise<void> {
  let heardBefore = clock.now();
  while (!signal.aborted) {
    try {
      if ((await taker.takeDue(heardBefore, signal)) > 0) continue;
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    await pauseOrStop(clock, everyMs, signal);
    heardBefore = clock.now() - heardLongAgoMs;
  }
}

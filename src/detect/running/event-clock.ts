/** More events of a time are waited for so long: CloudTrail delivers within some five minutes on average, and late ones count too. */
const waitedMs = 15 * 60_000;

/**
 * What time it is for events: that of the newest one, and on from there as time goes by, so that it is told on quiet
 * systems too; never later than the clock on the wall, whatever an event says.
 */
export class EventClock {
  #newest = Number.NEGATIVE_INFINITY;
  #seenAt = 0;

  /** An event of this time was seen now. */
  see(at: number, now: number): void {
    const known = Math.min(at, now);
    if (known <= this.#newest) return;
    this.#newest = known;
    this.#seenAt = now;
  }

  /** Up to when no more events are waited for. */
  settledUntil(now: number): number {
    return Math.min(this.#newest + Math.max(0, now - this.#seenAt), now) - waitedMs;
  }
}

/** How far behind the newest event conditions wait for more. */
export const settleLagMs: number = waitedMs;

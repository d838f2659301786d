import type { TimeRange } from "./count-events.ts";
import type { PageRequest } from "./read-events.ts";

const firstWindowMs = 12 * 3_600_000;
const growth = 16;

/** A stretch of time; `from` is included, `to` is not. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches of time to look for a page in, one after another from the side where the page begins, each sixteen times
 * as long as the one before. Most pages are full after the first; a rare event is looked for everywhere, and no stretch
 * twice. (To read in the table's order until the page is full sounds simpler, but the engine then reads every column of
 * every granule on the way: measured up to seven times slower.)
 */
export function* pageWindows(request: PageRequest, stored: TimeRange): Generator<Window, void, undefined> {
  const isNewest = request.order === "newest";
  const position = request.after?.time;
  const first = Math.max(
    request.from ?? stored.first,
    stored.first,
    isNewest ? stored.first : (position ?? stored.first),
  );
  const end = Math.min(
    request.to ?? stored.last + 1,
    stored.last + 1,
    isNewest && position !== undefined ? position + 1 : Infinity,
  );
  let length = firstWindowMs;
  let [from, to] = [first, end];
  while (from < to) {
    const window = isNewest ? { from: Math.max(from, to - length), to } : { from, to: Math.min(to, from + length) };
    yield window;
    if (isNewest) to = window.from;
    else from = window.to;
    length *= growth;
  }
}

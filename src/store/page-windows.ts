import type { StoredRange } from "./known-range.ts";
import { readsRecords } from "./filter.ts";
import type { PageRequest } from "./read-events.ts";

/** Events that the first window has, if they lie evenly over all the time that is stored; an index counts as columns. */
const firstWindowEvents = { ofRecords: 150_000, ofColumns: 1_000_000 };
const growthMost = 16;
/** What a statement takes that has nothing to look through. */
const statementMs = 50;
/** What looking through a window should take. */
const lookingMsWanted = 200;
/** A quick look says little about how long a longer one takes. */
const lookingMsMin = 12;
/** A window is so many times as long as it would have to be if all events lay as evenly as those that were found. */
const spare = 2;

/** A stretch of time; `from` is included, `to` is not. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What became of looking through a window. */
export interface WindowLook {
  readonly tookMs: number;
  readonly found: number;
}

/**
 * Stretches of time to look for a page in, one after another from the side where the page begins, each longer than the
 * one before: sixteen times, or less where looking takes long or where what was found says that the page ends sooner.
 * Most pages are full after the first; a rare event is looked for everywhere, and no stretch twice. (To read in the
 * table's order until the page is full sounds simpler, but the engine then reads every column of every granule on the
 * way: measured up to seven times slower.)
 */
export function* pageWindows(
  request: PageRequest,
  stored: StoredRange,
  firstEvents: number = firstWindowEvents[readsRecords(request) ? "ofRecords" : "ofColumns"],
): Generator<Window, void, WindowLook | undefined> {
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
  const firstWindowMs = Math.ceil(((stored.last - stored.first + 1) / Math.max(stored.events, 1)) * firstEvents);
  let length = firstWindowMs;
  let wanted = request.limit;
  let [from, to] = [first, end];
  while (from < to) {
    const window = isNewest ? { from: Math.max(from, to - length), to } : { from, to: Math.min(to, from + length) };
    const { tookMs, found } = (yield window) ?? { tookMs: 0, found: 0 };
    if (isNewest) to = window.from;
    else from = window.to;
    wanted -= found;
    const untilFull = found === 0 ? Infinity : (spare * wanted) / found;
    const lookingMs = Math.max(tookMs - statementMs, lookingMsMin);
    const growth = Math.min(growthMost, untilFull, lookingMsWanted / lookingMs);
    length = Math.max(Math.ceil(firstWindowMs / growthMost), Math.round(length * growth));
  }
}

import { baseEvents, countBaseEvents } from "./base-events.ts";
import { settleLagMs } from "./event-clock.ts";
import { LiveCorrelations } from "./live-correlations.ts";
import type { Matching } from "./matching.ts";
import type { DetectionStore } from "./options.ts";
import type { ReadyRules } from "./ready-rules.ts";

/** Events that a start reads at most. */
const seedEventsMax = 300_000;
/** What comes so late is still judged without reading anything again. */
const lateMsMax = 3_600_000;
const halvingsMax = 12;

export interface Seeded {
  readonly live: LiveCorrelations;
  /** The newest time holds more events than are read at a start; what is older is judged once more when something comes for it. */
  readonly isCut: boolean;
}

/**
 * Lets correlations remember what is stored of the newest time, as if they had been there when it came. Hits are found
 * again by this: taking them again does no harm.
 */
export async function seedLive(
  store: Pick<DetectionStore, "wholeEvents" | "countMatches" | "range">,
  { rules, matching, now }: { readonly rules: ReadyRules; readonly matching: Matching; readonly now: number },
  signal: AbortSignal,
): Promise<Seeded> {
  const range = rules.correlations.length === 0 ? undefined : await store.range();
  if (range === undefined) return { live: new LiveCorrelations(rules, Number.NEGATIVE_INFINITY), isCut: false };
  const newest = Math.min(range.last, now);
  const { from, isCut } = await beginOf(store, { rules, newest }, signal);
  const live = new LiveCorrelations(rules, from);
  for await (const event of baseEvents(store, { rules, matching }, { from, to: Infinity }, signal))
    live.seed(event, now);
  live.see(newest, now);
  return { live, isCut };
}

/** From when on windows are whole: an hour ago, or later where that is too much to read. */
async function beginOf(
  store: Pick<DetectionStore, "countMatches">,
  { rules, newest }: { readonly rules: ReadyRules; readonly newest: number },
  signal: AbortSignal,
): Promise<{ readonly from: number; readonly isCut: boolean }> {
  const earliest = newest - settleLagMs - Math.min(rules.reaches.longestMs, lateMsMax);
  let [from, halvings] = [earliest, 0];
  while (
    (await countBaseEvents(store, rules, { from, to: Infinity }, signal)) > seedEventsMax &&
    halvings < halvingsMax
  ) {
    halvings += 1;
    from = newest - (newest - earliest) / 2 ** halvings;
  }
  return { from, isCut: halvings > 0 };
}

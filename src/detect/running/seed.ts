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

interface SeedParts {
  readonly rules: ReadyRules;
  readonly matching: Matching;
  readonly now: number;
  /** When the events of log files begin that wait to be judged. */
  readonly waiting: readonly number[];
}

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
  store: Pick<DetectionStore, "arrivals" | "records" | "countMatches" | "range">,
  { rules, matching, now, waiting }: SeedParts,
  signal: AbortSignal,
): Promise<Seeded> {
  // Where nothing was judged yet, all that is stored comes by itself.
  const isAsked = rules.correlations.length > 0 && store.arrivals.isAnyJudged();
  const range = isAsked ? await store.range() : undefined;
  if (range === undefined) return { live: new LiveCorrelations(rules, Number.NEGATIVE_INFINITY), isCut: false };
  const newest = Math.min(range.last, now);
  // What waits is judged next: its time is the one to remember, as long as that is not too much.
  const earliest = waiting.reduce((first, at) => Math.min(first, at), newest);
  const { from, isCut } = await beginOf(store, { rules, newest, earliest }, signal);
  const live = new LiveCorrelations(rules, from);
  for await (const event of baseEvents(store, { rules, matching }, { from, to: Infinity }, signal))
    live.seed(event, now);
  live.see(newest, now);
  return { live, isCut };
}

/** From when on windows are whole: some time before what is to come, or later where that is too much to read. */
async function beginOf(
  store: Pick<DetectionStore, "countMatches">,
  { rules, newest, earliest }: { readonly rules: ReadyRules; readonly newest: number; readonly earliest: number },
  signal: AbortSignal,
): Promise<{ readonly from: number; readonly isCut: boolean }> {
  const usual = settleLagMs + Math.min(rules.reaches.longestMs, lateMsMax);
  let [from, halvings] = [earliest - usual, 0];
  while ((await countBaseEvents(store, rules, { from, to: Infinity }, signal)) > seedEventsMax) {
    if (halvings === halvingsMax) break;
    // Far back for what waits, else as far as usual, else less.
    const reach = newest - from <= usual ? (newest - from) / 2 : Math.max(usual, (newest - from) / 8);
    [from, halvings] = [newest - reach, halvings + 1];
  }
  return { from, isCut: newest - from < usual };
}

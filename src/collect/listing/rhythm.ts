import { type Day, dayOf, startOfDay } from "./days.ts";

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;

/** How often folders of days are looked into: those that log files come into, and those of digests. */
export type Rhythm = "log files" | "digests";

/** CloudTrail tries for so long to deliver a file (CloudTrail User Guide, "Redelivery of log files"). */
export const daysOfRedelivery = 30;
/** So long after midnight yesterday's folder still fills like today's. */
const afterMidnightMs = 6 * hour;

/** The shortest waits between two looks into a day. */
interface Waits {
  /** Into today's folders. */
  readonly today: number;
  /** Into yesterday's, so long as they still fill. */
  readonly afterMidnight: number;
  /** Up to an age in days. */
  readonly older: readonly { readonly ageMax: number; readonly wait: number }[];
}

const waits: Readonly<Record<Rhythm, Waits>> = {
  "log files": {
    today: 0,
    afterMidnight: 0,
    older: [
      { ageMax: 2, wait: 10 * minute },
      { ageMax: 7, wait: hour },
      { ageMax: daysOfRedelivery, wait: dayMs },
    ],
  },
  // One comes each hour for each trail and region, and nobody waits for it as for events.
  digests: {
    today: 10 * minute,
    afterMidnight: hour,
    older: [
      { ageMax: 2, wait: 6 * hour },
      { ageMax: 7, wait: dayMs },
      { ageMax: daysOfRedelivery, wait: 7 * dayMs },
    ],
  },
};

/**
 * How often a day's folders are looked into, milliseconds; nothing for a day so old that once is enough. Files come late
 * and in any order, so no day is ever done because a later file was seen.
 */
export function lookEveryMs(day: Day, now: number, everyMs: number, rhythm: Rhythm = "log files"): number | undefined {
  const age = dayOf(now) - day;
  const { today, afterMidnight, older } = waits[rhythm];
  // Who looks for log files every few seconds wants to see digests in minutes, too.
  if (age <= 0) return Math.max(everyMs, Math.min(today, 10 * everyMs));
  if (age === 1 && now - startOfDay(day + 1) < afterMidnightMs) return Math.max(everyMs, afterMidnight);
  const of = older.find(({ ageMax }) => age <= ageMax);
  return of === undefined ? undefined : Math.max(everyMs, of.wait);
}

/** Whether a look at that instant saw all that a day's folders usually come to hold. */
export function isSettled(day: Day, lookedAt: number): boolean {
  return lookedAt >= startOfDay(day + 1) + afterMidnightMs;
}

/** How often the folders of one account, region and kind are looked into in a day, when files come every day. */
export function looksInADay(everyMs: number, rhythm: Rhythm = "log files"): number {
  const noon = 12 * hour;
  const now = 1_000 * dayMs + noon;
  const early = 1_000 * dayMs;
  let looks = 0;
  for (let age = 0; age <= daysOfRedelivery; age += 1) {
    const day = 1_000 - age;
    const [atNight, byDay] = [early, now].map((at) => lookEveryMs(day, at, everyMs, rhythm));
    if (atNight !== undefined) looks += afterMidnightMs / atNight;
    if (byDay !== undefined) looks += (dayMs - afterMidnightMs) / byDay;
  }
  return Math.round(looks);
}

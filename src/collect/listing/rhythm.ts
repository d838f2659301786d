import { type Day, dayOf, startOfDay } from "./days.ts";

const minute = 60_000;
const hour = 60 * minute;

/** CloudTrail tries for so long to deliver a file (CloudTrail User Guide, "Redelivery of log files"). */
export const daysOfRedelivery = 30;
/** So long after midnight yesterday's folder still fills like today's. */
const afterMidnightMs = 6 * hour;

/**
 * How often a day's folders are looked into, milliseconds; nothing for a day so old that once is enough. Files come late
 * and in any order, so no day is ever done because a later file was seen.
 */
export function lookEveryMs(day: Day, now: number, everyMs: number): number | undefined {
  const age = dayOf(now) - day;
  if (age <= 0 || (age === 1 && now - startOfDay(day + 1) < afterMidnightMs)) return everyMs;
  if (age <= 2) return Math.max(everyMs, 10 * minute);
  if (age <= 7) return Math.max(everyMs, hour);
  return age <= daysOfRedelivery ? Math.max(everyMs, 24 * hour) : undefined;
}

/** Whether a look at that instant saw all that a day's folders usually come to hold. */
export function isSettled(day: Day, lookedAt: number): boolean {
  return lookedAt >= startOfDay(day + 1) + afterMidnightMs;
}

/** How often the folders of one account, region and kind are looked into in a day, when files come every day. */
export function looksInADay(everyMs: number): number {
  const noon = 12 * hour;
  const dayMs = 24 * hour;
  const now = 1_000 * dayMs + noon;
  const early = 1_000 * dayMs;
  let looks = 0;
  for (let age = 0; age <= daysOfRedelivery; age += 1) {
    const day = 1_000 - age;
    const [atNight, byDay] = [lookEveryMs(day, early, everyMs), lookEveryMs(day, now, everyMs)];
    if (atNight !== undefined) looks += afterMidnightMs / atNight;
    if (byDay !== undefined) looks += (dayMs - afterMidnightMs) / byDay;
  }
  return Math.round(looks);
}

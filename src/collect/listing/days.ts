/** A day of UTC, counted from 1970; days are what CloudTrail's folders are named for. */
export type Day = number;

const dayMs = 86_400_000;

export function dayOf(at: number): Day {
  return Math.floor(at / dayMs);
}

export function startOfDay(day: Day): number {
  return day * dayMs;
}

/** `2026-11-21`. */
export function printDay(day: Day): string {
  return new Date(startOfDay(day)).toISOString().slice(0, 10);
}

/** `2026/11/21/`, as in keys. */
export function dayFolder(day: Day): string {
  return `${printDay(day).replaceAll("-", "/")}/`;
}

/** Nothing for a date that does not exist. */
export function readDay(date: string): Day | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || printDay(dayOf(at)) !== date ? undefined : dayOf(at);
}

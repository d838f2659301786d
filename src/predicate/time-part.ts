import type { TimePart } from "./tree.ts";

const dayMs = 86_400_000;

/** A part of an instant in UTC; the week is that of ISO 8601, which belongs to the year its Thursday lies in. */
export function timePartOf(at: number, part: TimePart): number {
  const date = new Date(at);
  switch (part) {
    case "minute":
      return date.getUTCMinutes();
    case "hour":
      return date.getUTCHours();
    case "day":
      return date.getUTCDate();
    case "month":
      return date.getUTCMonth() + 1;
    case "year":
      return date.getUTCFullYear();
    case "week": {
      const daysSinceMonday = (date.getUTCDay() + 6) % 7;
      const thursday = new Date(at + (3 - daysSinceMonday) * dayMs);
      const daysSinceNewYear = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / dayMs);
      return Math.floor(daysSinceNewYear / 7) + 1;
    }
  }
}

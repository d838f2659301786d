import { growingPauseMs } from "../../base/growing-pause.ts";
import type { FindingCode } from "../sources/findings.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Longest pause by what stands in the way; what only a person can mend is still asked for every quarter of an hour. */
const longest: Partial<Record<FindingCode, number>> = {
  throttled: minute,
  unreachable: minute,
  "store-full": minute,
  "right-missing": 15 * minute,
  "key-refused": 15 * minute,
  "key-disabled": 15 * minute,
};

/** Who asks hourly has come to a day after so many tries; what has not come by then hardly will. */
const triesInFirstDay = 12 + 23;

/** How long to wait before an object is tried again, milliseconds: twice as long each time. Nothing is given up. */
export function nextTryAfterMs(tries: number, code: FindingCode): number {
  if (code === "object-missing" && tries >= triesInFirstDay) return day;
  return growingPauseMs({ first: second, most: longest[code] ?? hour }, tries);
}

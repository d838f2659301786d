import { type Address, readChoice, readText, readTz } from "../../../parts/read-address.ts";

/** How many days are looked at, in the words of the API. */
export const dayRanges = {
  "7d": { title: "7 days", from: "now-7d" },
  "30d": { title: "30 days", from: "now-30d" },
  "90d": { title: "90 days", from: "now-90d" },
} as const;

export type DayRange = keyof typeof dayRanges;

export const usualDayRange: DayRange = "7d";

export interface DaysState {
  readonly range?: DayRange | undefined;
  readonly account?: string | undefined;
  readonly tz?: "local" | undefined;
}

export function readDaysState(address: Address): DaysState {
  return {
    range: readChoice(address, "range", dayRanges, usualDayRange),
    account: readText(address, "account"),
    tz: readTz(address),
  };
}

import { type Address, readChoice, readTz } from "../../../parts/read-address.ts";

/** Of how long ago events are measured, in the words of the API. */
export const delayRanges = {
  "1d": { title: "24 hours", from: "now-24h" },
  "7d": { title: "7 days", from: "now-7d" },
  "30d": { title: "30 days", from: "now-30d" },
} as const;

export type DelayRange = keyof typeof delayRanges;

export const usualDelayRange: DelayRange = "1d";

export interface DelayState {
  readonly range?: DelayRange | undefined;
  readonly tz?: "local" | undefined;
}

export function readDelayState(address: Address): DelayState {
  return { range: readChoice(address, "range", delayRanges, usualDelayRange), tz: readTz(address) };
}

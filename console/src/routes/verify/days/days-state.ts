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

export function readDaysState(search: Readonly<Record<string, unknown>>): DaysState {
  const [range, account] = [search["range"], search["account"]];
  return {
    range:
      typeof range === "string" && Object.hasOwn(dayRanges, range) && range !== usualDayRange
        ? (range as DayRange)
        : undefined,
    account: typeof account === "string" && account !== "" ? account.slice(0, 200) : undefined,
    tz: search["tz"] === "local" ? "local" : undefined,
  };
}

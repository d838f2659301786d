import { formatSpan } from "../../../parts/instants.ts";

const spans: readonly (readonly [ms: number, title: string])[] = [
  [300_000, "Within five minutes"],
  [900_000, "Within a quarter of an hour"],
  [3_600_000, "Within an hour"],
  [21_600_000, "Within six hours"],
  [43_200_000, "Within twelve hours"],
  [86_400_000, "Within a day"],
  [604_800_000, "Within a week"],
];

/** The times that are offered, from the shortest, with the one that is settled among them. */
export function dedupOptions(settledMs: number): readonly (readonly [key: string, title: string])[] {
  const isOffered = spans.some(([ms]) => ms === settledMs);
  const settled = [settledMs, `Within ${formatSpan(settledMs / 1000)}`] as const;
  return (isOffered ? spans : [...spans, settled])
    .toSorted(([a], [b]) => a - b)
    .map(([ms, title]) => [String(ms), title]);
}

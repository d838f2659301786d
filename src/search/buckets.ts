const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Lengths of time that people count in. */
const intervals = [
  second,
  5 * second,
  15 * second,
  30 * second,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30 * day,
  90 * day,
  365 * day,
];

/** The shortest such length that cuts the range into at most `buckets` pieces. */
export function intervalFor(rangeMs: number, buckets: number): number {
  return intervals.find((interval) => rangeMs / interval <= buckets) ?? 3650 * day;
}

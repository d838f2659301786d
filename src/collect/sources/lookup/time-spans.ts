import { z } from "zod";

/** From `from` to `to`, the end excluded; milliseconds, whole seconds. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Stretches of time in order that do not touch. */
export type TimeSpans = readonly TimeSpan[];

export function addSpan(spans: TimeSpans, added: TimeSpan): TimeSpans {
  if (added.from >= added.to) return spans;
  const apart = spans.filter(({ from, to }) => to < added.from || from > added.to);
  const touching = spans.filter(({ from, to }) => to >= added.from && from <= added.to);
  const merged = touching.reduce(
    (sum, { from, to }) => ({ from: Math.min(sum.from, from), to: Math.max(sum.to, to) }),
    added,
  );
  return [...apart, merged].sort((a, b) => a.from - b.from);
}

/** What of a stretch is in none of the spans. */
export function missingIn(within: TimeSpan, spans: TimeSpans): TimeSpans {
  const missing: TimeSpan[] = [];
  let at = within.from;
  for (const { from, to } of spans) {
    if (to <= at) continue;
    if (from >= within.to) break;
    if (from > at) missing.push({ from: at, to: from });
    at = to;
  }
  if (at < within.to) missing.push({ from: at, to: within.to });
  return missing;
}

/** Without what lies before an instant. */
export function spansSince(spans: TimeSpans, since: number): TimeSpans {
  return spans.filter(({ to }) => to > since).map(({ from, to }) => ({ from: Math.max(from, since), to }));
}

/** Two stretches that together are the whole; nothing for one that is a second long. */
export function halvesOf({ from, to }: TimeSpan): readonly [TimeSpan, TimeSpan] | undefined {
  const middle = floorToSecond(from + (to - from) / 2);
  return middle <= from || middle >= to
    ? undefined
    : [
        { from, to: middle },
        { from: middle, to },
      ];
}

export function floorToSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

const kept = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).max(100_000);

/** As they are kept in a source's memory. */
export function printSpans(spans: TimeSpans): readonly (readonly [number, number])[] {
  return spans.map(({ from, to }) => [from, to]);
}

/** Nothing of what cannot be read: then it is looked up once more. */
export function readSpans(value: unknown): TimeSpans {
  const read = kept.safeParse(value);
  return (read.data ?? []).reduce<TimeSpans>((spans, [from, to]) => addSpan(spans, { from, to }), []);
}

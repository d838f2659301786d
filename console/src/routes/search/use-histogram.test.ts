import assert from "node:assert/strict";
import { test } from "node:test";
import type { HistogramLine } from "../../api.ts";
import { emptyHistogram, takeLine } from "./use-histogram.ts";

const range: HistogramLine = {
  kind: "range",
  from: "2026-01-01T00:30:00Z",
  to: "2026-01-01T04:00:00Z",
  intervalSeconds: 3600,
  total: 100,
};

function buckets(...counted: readonly (readonly [at: string, count: number, errors: number])[]): HistogramLine {
  return {
    kind: "buckets",
    buckets: counted.map(([at, count, errors]) => ({ at, count, errors })),
    scanned: 50,
    total: 100,
    count: 9,
  };
}

test("buckets that nothing fell into stand as empty bars, and pieces of one bucket add up", () => {
  const pieces = [
    range,
    buckets(["2026-01-01T03:00:00Z", 4, 1], ["2026-01-01T01:00:00Z", 2, 0]),
    buckets(["2026-01-01T03:00:00Z", 3, 2]),
  ];
  const state = pieces.reduce(takeLine, emptyHistogram);
  assert.deepEqual(state.counts, [0, 2, 0, 7]);
  assert.deepEqual(state.errors, [0, 0, 0, 3]);
  assert.equal(state.at[0], Date.parse("2026-01-01T00:00:00Z") / 1000);
  assert.equal(state.status, "counting");
});

test("a bucket outside the range it came with is left out", () => {
  const state = [range, buckets(["2027-01-01T00:00:00Z", 1, 0], ["nonsense", 1, 0])].reduce(takeLine, emptyHistogram);
  assert.deepEqual(state.counts, [0, 0, 0, 0]);
});

test("the last line has the last word on how many there are", () => {
  const state = [range, { kind: "done", count: 12, seconds: 0.1 } as const].reduce(takeLine, emptyHistogram);
  assert.deepEqual([state.found, state.scanned, state.status], [12, 100, "done"]);
});

test("a range too long for its interval ends at a number of bars that can be drawn", () => {
  const long: HistogramLine = { ...range, kind: "range", to: "2126-01-01T00:00:00Z", intervalSeconds: 1, total: 1 };
  assert.equal(takeLine(emptyHistogram, long).at.length, 5_000);
});

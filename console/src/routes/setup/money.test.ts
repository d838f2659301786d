import assert from "node:assert/strict";
import { test } from "node:test";
import { addedWords, formatMicros, formatPrice, formatQuantity } from "./money.ts";

test("what costs a little is never said to cost nothing", () => {
  assert.deepEqual([0, 1, 9_999, 10_000, 1_230_000, 12_345_678_901, -3_000_000].map(formatMicros), [
    "$0.00",
    "under $0.01",
    "under $0.01",
    "$0.01",
    "$1.23",
    "$12,345.68",
    "-$3.00",
  ]);
  assert.deepEqual([0, 5, 414_500, -36_800_000].map(addedWords), [
    "nothing more",
    "under $0.01 more",
    "$0.41 more",
    "$36.80 less",
  ]);
});

test("quantities are counted in what people know", () => {
  assert.equal(formatQuantity(1_840_000, "events"), "1,840,000 events");
  assert.equal(formatQuantity(17.8 * 2 ** 30, "byte-months"), "17.8 GB in a month");
  assert.equal(formatQuantity(1, "bytes"), "under 0.01 GB");
  assert.equal(formatQuantity(0, "bytes"), "0 GB");
});

test("a price keeps its digits", () => {
  assert.equal(formatPrice("2.00 for 100,000", "events"), "$2.00 for 100,000");
  assert.equal(formatPrice("0.023 for 1,073,741,824", "byte-months"), "$0.023 a GB");
  assert.equal(formatPrice("1.00 for 1", "keys"), "$1.00 each");
  assert.equal(formatPrice("by agreement", "keys"), "by agreement");
});

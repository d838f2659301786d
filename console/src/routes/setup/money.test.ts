import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMicros, formatQuantity, formatUnitPrice } from "./money.ts";

test("what costs a little is never said to cost nothing", () => {
  assert.deepEqual([0, 1, 9_999, 10_000, 1_230_000, 12_345_678_901].map(formatMicros), [
    "$0.00",
    "under $0.01",
    "under $0.01",
    "$0.01",
    "$1.23",
    "$12,345.68",
  ]);
  assert.deepEqual([0, 0.001, 0.5, 1234.567].map(formatQuantity), ["0", "under 0.01", "0.5", "1,234.57"]);
});

test("the price of one keeps its digits", () => {
  assert.deepEqual([0.000_02, 2, "0.0000035", "by agreement", ""].map(formatUnitPrice), [
    "$0.00002",
    "$2.00",
    "$0.0000035",
    "by agreement",
    "",
  ]);
});

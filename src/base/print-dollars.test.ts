import assert from "node:assert/strict";
import { test } from "node:test";
import { printDollars } from "./print-dollars.ts";

test("dollars are printed with cents, and with more digits where there is less than a cent", () => {
  assert.deepEqual([0, 12_300_000, -3_000_000, 10_000, 4_000, 7, 1_155_000, 1_012_300_000].map(printDollars), [
    "$0.00",
    "$12.30",
    "-$3.00",
    "$0.01",
    "$0.0040",
    "$0.000007",
    "$1.16",
    "$1,012.30",
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLag, formatRate, formatShare } from "./figures.ts";

test("a share is 100 % only when nothing at all is missing", () => {
  for (const [share, text] of [
    [1, "100 %"],
    [99_999 / 100_000, "99.999 %"],
    [9_999_999 / 10_000_000, "99.999 %"],
    [0.999, "99.9 %"],
    [0.9876, "98.7 %"],
    [0.5, "50 %"],
    [0, "0 %"],
    [null, "–"],
  ] as const)
    assert.equal(formatShare(share), text);
});

test("rates and lags are rounded as far as they are meant", () => {
  assert.deepEqual([0, 0.04, 3.24, 41.7, 12_345.6].map(formatRate), ["0", "< 0.1", "3.2", "42", "12,346"]);
  assert.deepEqual([null, 12, 4_400, 345_000].map(formatLag), ["–", "< 1 s", "4 s", "5 min 45 s"]);
});

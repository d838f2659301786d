import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { costOf, isDecimal, rescaled } from "./money.ts";

test("a cost is exact, and rounded once, half up", () => {
  // 0.4 millionths each: 1 is 0.4 → 0, 2 are 0.8 → 1, 5 are 2
  const request = { amount: "0.0004", per: 1_000 };
  assert.deepEqual(
    [0, 1, 2, 5].map((count) => costOf(count, request)),
    [0, 0, 1, 2],
  );
  // 0.5 millionths is one
  assert.equal(costOf(1, { amount: "0.0000005", per: 1 }), 1);
  // 3 × $2.00 / 100,000 = $0.00006
  assert.equal(costOf(3, { amount: "2.00", per: 100_000 }), 60);
  // a third of a dollar
  assert.equal(costOf(1, { amount: "1", per: 3 }), 333_333);
});

test("large quantities lose nothing", () => {
  // 9 × 10^12 events × $2.00 / 100,000 = $180,000,000
  assert.equal(costOf(9_000_000_000_000, { amount: "2.00", per: 100_000 }), 180_000_000_000_000);
});

test("costs of parts add up to the cost of the whole, but for the rounding of each", () => {
  const price = { amount: "0.35", per: 100_000 };
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1_000_000_000 }), { maxLength: 50 }), (parts) => {
      const whole = costOf(
        parts.reduce((sum, part) => sum + part, 0),
        price,
      );
      const sum = parts.reduce((total, part) => total + costOf(part, price), 0);
      assert.ok(Math.abs(whole - sum) <= parts.length / 2 + 1);
    }),
    { seed: 20261121 },
  );
});

test("an amount for one is the same amount for many", () => {
  assert.equal(rescaled("0.0000200000", 1, 100_000), "2");
  assert.equal(rescaled("0.0000010000", 1, 100_000), "0.1");
  assert.equal(rescaled("0", 1, 100_000), "0");
  assert.equal(rescaled("100", 1, 1), "100");
  // a third has no end
  assert.equal(rescaled("1", 3, 1), undefined);
});

test("a price is digits, with at most twelve behind the point", () => {
  for (const text of ["0", "2.00", "0.0000200000", "123456789.123456789012"]) assert.ok(isDecimal(text), text);
  for (const text of ["", ".5", "1.", "-1", "1e3", " 1", "0x1", "1.1234567890123", "1234567890", "1,5"]) {
    assert.ok(!isDecimal(text), text);
  }
  assert.throws(() => costOf(1, { amount: "1e3", per: 1 }), RangeError);
});

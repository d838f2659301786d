import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { median, quantile, rounded } from "./quantiles.ts";

test("the 95th percentile of twenty samples is the nineteenth of them", () => {
  const samples = Array.from({ length: 20 }, (_, index) => 20 - index);
  assert.equal(quantile(samples, 0.95), 19);
  assert.equal(quantile(samples, 0.5), 10);
  assert.equal(quantile(samples, 1), 20);
});

test("a single sample is every quantile", () => {
  assert.equal(quantile([7], 0.05), 7);
  assert.equal(quantile([7], 0.95), 7);
});

test("the median of an even number of samples lies between the two in the middle", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([9, 1, 5]), 5);
});

test("nothing has neither median nor quantile", () => {
  assert.throws(() => median([]), RangeError);
  assert.throws(() => quantile([], 0.5), RangeError);
});

test("at least the asked share of samples is no greater than a quantile", () => {
  const samples = fc.array(fc.integer(), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 100 }), (all, percent) => {
      const value = quantile(all, percent / 100);
      const notGreater = all.filter((sample) => sample <= value).length;
      assert.ok(all.includes(value));
      assert.ok(notGreater * 100 >= percent * all.length);
    }),
    { seed: 1 },
  );
});

test("a figure keeps four digits", () => {
  assert.equal(rounded(123_456.789), 123_500);
  assert.equal(rounded(0.000_123_46), 0.000_123_5);
});

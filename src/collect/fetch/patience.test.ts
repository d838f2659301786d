import assert from "node:assert/strict";
import { test } from "node:test";
import type { FindingCode } from "../sources/findings.ts";
import { nextTryAfterMs } from "./patience.ts";

const minute = 60_000;

test("what fails is tried again twice as late each time", () => {
  const first = [0, 1, 2, 3].map((tries) => nextTryAfterMs(tries, "unreachable"));
  assert.deepEqual(first, [1000, 2000, 4000, 8000]);
});

for (const [code, minutes] of [
  ["throttled", 1],
  ["unreachable", 1],
  ["store-full", 1],
  ["right-missing", 15],
  ["key-disabled", 15],
  ["object-missing", 60],
  ["unknown", 60],
] satisfies readonly (readonly [FindingCode, number])[])
  test(`${code} is tried every ${minutes} min at the latest`, () => {
    assert.equal(nextTryAfterMs(30, code), minutes * minute);
  });

test("a right that is missing is asked for as long as it takes", () => {
  assert.equal(nextTryAfterMs(1_000_000, "right-missing"), 15 * minute);
});

test("an object that is missing is looked for every hour for a day, then once a day", () => {
  let [tries, passedMs] = [0, 0];
  while (nextTryAfterMs(tries, "object-missing") <= 60 * minute) {
    passedMs += nextTryAfterMs(tries, "object-missing");
    tries += 1;
  }
  assert.equal(Math.round(passedMs / (60 * minute)), 24);
  assert.equal(nextTryAfterMs(tries, "object-missing"), 24 * 60 * minute);
});

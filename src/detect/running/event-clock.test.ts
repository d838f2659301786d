import assert from "node:assert/strict";
import { test } from "node:test";
import { EventClock, settleLagMs } from "./event-clock.ts";

const clock = (...seen: readonly (readonly [at: number, now: number])[]) => {
  const made = new EventClock();
  for (const [at, now] of seen) made.see(at, now);
  return made;
};

test("it is as late as the newest event, and goes on by itself, but never ahead of the wall", () => {
  assert.equal(clock().settledUntil(5), -Infinity);
  assert.equal(clock([1_000, 9_000], [500, 9_500]).settledUntil(9_500), 1_500 - settleLagMs);
  assert.equal(clock([1_000, 9_000]).settledUntil(12_000), 4_000 - settleLagMs);
  assert.equal(clock([99_000, 9_000]).settledUntil(9_000), 9_000 - settleLagMs);
  assert.equal(clock([8_000, 9_000]).settledUntil(8_500), 8_000 - settleLagMs);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "./seeded-random.ts";

function take(count: number, seed: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
}

test("the same seed gives the same numbers, another seed others", () => {
  assert.deepEqual(take(100, 7), take(100, 7));
  assert.notDeepEqual(take(100, 7), take(100, 8));
  // As a failure of last year names its seed, the numbers stay what they are.
  assert.deepEqual(
    take(3, 1).map((number) => Math.floor(number * 1_000_000)),
    [627_073, 2_735, 527_447],
  );
});

test("numbers lie from 0 up to 1, and everywhere in between, whatever the seed", () => {
  for (const seed of [0, 1, -1, 20_261_121, 2 ** 40, 0.5]) {
    const numbers = take(1_000, seed);
    assert.ok(numbers.every((number) => number >= 0 && number < 1));
    assert.equal(new Set(numbers.map((number) => Math.floor(number * 10))).size, 10);
  }
});

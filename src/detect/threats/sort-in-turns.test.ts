import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sortInTurns } from "./sort-in-turns.ts";

test("things are in the order that sorting them at once gives", async () => {
  const number = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(number, async (numbers) => {
      const many = Array.from({ length: 400 }, (_, index) =>
        numbers.map((one) => (one * 7919 + index * 104_729) % 997),
      );
      const things = many.flat().map((rank, index) => ({ rank, index }));
      const sorted = await sortInTurns(things, (a, b) => a.rank - b.rank);
      assert.deepEqual(
        sorted,
        things.toSorted((a, b) => a.rank - b.rank),
      );
    }),
    { seed: 3, numRuns: 20 },
  );
});

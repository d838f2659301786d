import assert from "node:assert/strict";
import { test } from "node:test";
import { gathered } from "./gathered.ts";

test("what is asked in one turn, or while a call is under way, goes together", async () => {
  const calls: number[][] = [];
  const ends: (() => void)[] = [];
  const double = gathered<number, number>(
    async (items) => {
      calls.push([...items]);
      await new Promise<void>((resolve) => ends.push(resolve));
      return items.map((item) => item * 2);
    },
    { itemsMax: 3 },
  );
  const first = [1, 2].map(double);
  await Promise.resolve();
  await Promise.resolve();
  const later = [3, 4, 5, 6].map(double);
  assert.deepEqual(calls, [[1, 2]]);
  while (calls.length < 3 || ends.length > 0) {
    ends.shift()?.();
    await new Promise(setImmediate);
  }
  assert.deepEqual(await Promise.all([...first, ...later]), [2, 4, 6, 8, 10, 12]);
  assert.deepEqual(calls, [[1, 2], [3, 4, 5], [6]]);
});

test("a call that fails is heard by those who were in it, and by nobody else", async () => {
  const run = gathered<number, number>(
    async (items) => {
      if (items.includes(2)) throw new Error("no 2");
      return items;
    },
    { itemsMax: 1 },
  );
  const results = await Promise.allSettled([run(1), run(2), run(3)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});

test("several calls go at once where that is allowed, and no more", async () => {
  let running = 0;
  let most = 0;
  const run = gathered<number, number>(
    async (items) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return items;
    },
    { itemsMax: 2, callsMax: 3 },
  );
  assert.deepEqual(await Promise.all(Array.from({ length: 40 }, (_, i) => run(i))), [...Array(40).keys()]);
  assert.ok(most >= 1 && most <= 3, `${most} at once`);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachAtOnce } from "./for-each-at-once.ts";

test("each has its turn, and no more than allowed are under way", async () => {
  const done: number[] = [];
  let [running, most] = [0, 0];
  await forEachAtOnce(Array(20).keys(), 3, async (item) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    done.push(item);
  });
  assert.deepEqual([done.length, new Set(done).size, most], [20, 20, 3]);
});

test("the first failure ends it, when what is under way has ended", async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const working = forEachAtOnce([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await new Promise(setImmediate);
    if (item === 1) throw new Error("no 1");
    await new Promise(setImmediate);
    ended.push(item);
  });
  await assert.rejects(working, { message: "no 1" });
  assert.deepEqual([begun, ended], [[1, 2], [2]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { once } from "./once.ts";

test("what is asked for together or later is read once", async () => {
  let reads = 0;
  const read = once(async () => ++reads);
  assert.deepEqual(await Promise.all([read(), read()]), [1, 1]);
  assert.equal(await read(), 1);
});

test("a failure is told to all who wait, and the next one tries again", async () => {
  let reads = 0;
  const read = once(async () => {
    reads++;
    if (reads === 1) throw new Error("not yet");
    return reads;
  });
  const both = await Promise.allSettled([read(), read()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(await read(), 2);
});

import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";

import { SteppedClock } from "../base/clock.ts";
import { startHousekeeping } from "./housekeeping.ts";

const noon = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;

test("the chores are done at every full hour, whatever one of them fails at, until the end", async () => {
  const clock = new SteppedClock(noon + 20 * minute);
  const done: string[] = [];
  const failures: unknown[] = [];
  const house = startHousekeeping({
    clock,
    chores: [
      {
        name: "breaks",
        run() {
          throw new Error("no");
        },
      },
      { name: "works", run: async (now) => void done.push(new Date(now).toISOString()) },
    ],
    failed: (error) => void failures.push(error),
  });
  assert.deepEqual(clock.waiting, [noon + 60 * minute]);
  clock.advance(39 * minute);
  await setImmediate();
  assert.deepEqual(done, []);
  clock.advance(minute);
  await setImmediate();
  // Slept through: the hours that are past are made up for at once, and once.
  clock.advance(200 * minute);
  await setImmediate();
  assert.deepEqual(done, ["2026-11-20T13:00:00.000Z", "2026-11-20T16:20:00.000Z"]);
  assert.deepEqual(
    failures.map((error) => (error as Error).message),
    Array.from({ length: 2 }, () => "The sandbox could not tidy up: breaks"),
  );
  await house[Symbol.asyncDispose]();
  assert.deepEqual(clock.waiting, []);
});

test("whoever stops it waits for the chore that is under way, and no other begins", async () => {
  const clock = new SteppedClock(noon);
  const going = Promise.withResolvers<void>();
  const done: string[] = [];
  const house = startHousekeeping({
    clock,
    chores: [
      { name: "long", run: () => going.promise.then(() => void done.push("long")) },
      { name: "next", run: () => void done.push("next") },
    ],
    failed: (error) => assert.fail(String(error)),
  });
  clock.advance(60 * minute);
  await setImmediate();
  const stopping = house[Symbol.asyncDispose]();
  going.resolve();
  await stopping;
  assert.deepEqual(done, ["long"]);
});

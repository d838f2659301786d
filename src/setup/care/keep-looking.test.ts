import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { ScaledClock } from "../../base/clock.ts";
import { keepLooking } from "./keep-looking.ts";

const quarterMs = 15 * 60_000;

/** A loop over some deployments whose clock stands still but for what the test pushes. */
function begin(look: (name: string) => Promise<void>, names: () => Promise<readonly string[]>) {
  const clock = new ScaledClock({ speed: 0 });
  const stop = new AbortController();
  const told: string[] = [];
  const failures: unknown[] = [];
  const ended = keepLooking({
    clock,
    signal: stop.signal,
    names,
    look,
    tell: async (name, sentence) => void told.push(`${name}: ${sentence}`),
    onFailure: (error) => void failures.push(error),
  });
  return {
    told,
    failures,
    async pass(milliseconds: number) {
      clock.advance(milliseconds);
      for (let turns = 0; turns < 20; turns++) await turn();
    },
    async end() {
      stop.abort();
      await ended;
    },
  };
}

function refused(message: string): AwsCallError {
  const call = { service: "sts", operation: "GetCallerIdentity" };
  return AwsCallError.of(call, { code: "AccessDenied", message, status: 403 });
}

test("every way is looked at every quarter of an hour, one after another", async () => {
  const looked: string[] = [];
  const loop = begin(
    async (name) => void looked.push(name),
    async () => ["one", "two"],
  );
  await loop.pass(quarterMs - 1);
  assert.deepEqual(looked, []);
  await loop.pass(1);
  assert.deepEqual(looked, ["one", "two"]);
  await loop.pass(quarterMs);
  assert.equal(looked.length, 4);
  await loop.end();
  assert.deepEqual([loop.told, loop.failures], [[], []]);
});

test("what AWS refuses is told once, until it is another thing, and holds up no other way", async () => {
  const looked: string[] = [];
  let reason = "not allowed";
  const loop = begin(
    async (name) => {
      if (name === "one") throw refused(reason);
      looked.push(name);
    },
    async () => ["one", "two"],
  );
  await loop.pass(quarterMs);
  await loop.pass(quarterMs);
  assert.deepEqual(loop.told, ["one: The way could not be looked at: not allowed"]);
  reason = "no such role";
  await loop.pass(quarterMs);
  assert.equal(loop.told.length, 2);
  await loop.end();
  assert.deepEqual([looked.length, loop.failures], [3, []]);
});

test("a failure of our own is handed on, and the loop goes on", async () => {
  const broken = new Error("broken");
  let isBroken = true;
  const loop = begin(
    async () => {
      if (isBroken) throw broken;
    },
    async () => {
      if (isBroken) return ["one"];
      throw broken;
    },
  );
  await loop.pass(quarterMs);
  isBroken = false;
  await loop.pass(quarterMs);
  await loop.end();
  assert.deepEqual(loop.failures, [broken, broken]);
});

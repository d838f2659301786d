import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnjudgedSelection } from "../../store/index.ts";
import { hourMs, madeStart } from "../made-chain.fixture.ts";
import { at, collected, minuteMs } from "./collected.fixture.ts";
import type { MadeWorld } from "./made-world.fixture.ts";

/** What is asked for from now on. */
function watch(world: MadeWorld): UnjudgedSelection[] {
  const asked: UnjudgedSelection[] = [];
  const unjudged = world.proofs.unjudged.bind(world.proofs);
  world.proofs.unjudged = (selection, page) => {
    asked.push(selection);
    return unjudged(selection, page);
  };
  return asked;
}

test("a round asks only for what was read since the last one, after a restart too", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  world.restart();
  const file = made.logFile(made.end + 5 * minuteMs);
  world.deliver(file);
  world.readFile(file);
  const asked = watch(world);
  await world.judge();
  const whole = asked.filter(({ verdicts }) => verdicts.length === 0);
  assert.equal(whole.length, 1);
  assert.equal(whole[0]?.readSince, madeStart + 3 * hourMs + 10 * minuteMs - 15 * minuteMs);
  assert.deepEqual(world.verdict(file), ["waiting", "digest-not-due"]);
});

test("what was overlooked is found when all days are gone through, once an hour and a day at a time", async () => {
  const { world, files } = await collected(60);
  await world.judge();
  world.clock.advance(2 * minuteMs);
  await world.judge();
  const lost = at(files, 7);
  const name = `s3://${lost.bucket}/${lost.key}`;
  const read = world.proofs.read.get(name);
  assert.ok(read !== undefined);
  world.proofs.read.set(name, { ...read, readAt: read.readAt - hourMs });
  world.proofs.verdictRows.delete(name);
  world.clock.advance(20 * minuteMs);
  const asked = watch(world);
  await world.judge();
  assert.equal(world.verdict(lost), undefined);
  world.clock.advance(hourMs);
  await world.judge();
  assert.deepEqual(world.verdict(lost), ["proven", ""]);
  const swept = asked.filter(({ verdicts, accountId }) => verdicts.length > 0 && accountId === undefined);
  const day = 24 * hourMs;
  const first = Math.floor(madeStart / day) * day;
  assert.deepEqual(
    swept.map(({ from, to, isUndated }) => [from, to, isUndated]),
    [
      [undefined, undefined, true],
      [undefined, first + day, undefined],
      [first + day, first + 2 * day, undefined],
      [first + 2 * day, undefined, undefined],
    ],
  );
});

test("a name that claims to be very old, or of a time to come, makes few questions at once", async () => {
  const { world, made } = await collected(3);
  for (const claimed of ["1971-01-01T00:00:00Z", "2299-01-01T00:00:00Z"]) {
    const file = made.logFile(Date.parse(claimed));
    world.deliver(file);
    world.readFile(file);
  }
  const asked = watch(world);
  for (let rounds = 0; rounds < 3; rounds += 1) await world.judge();
  assert.ok(asked.length < 500, `${asked.length} questions`);
  assert.ok([...world.proofs.read.keys()].every((name) => world.proofs.verdictRows.has(name)));
});

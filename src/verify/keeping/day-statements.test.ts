import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, MadeChain, madeStart } from "../made-chain.fixture.ts";
import { at, collected, minuteMs } from "./collected.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

const midnight = Date.parse("2026-03-01T00:00:00Z");
const dayMs = 24 * hourMs;

/** The same trail in several regions, whose digests began at 10:01. */
async function inRegions(regions: readonly string[], hours: number): Promise<MadeWorld> {
  const world = new MadeWorld();
  const chains = regions.map((region) => new MadeChain({ region, homeRegion: "eu-west-1" }).add(hours, { files: 1 }));
  world.clock.advance(hours * hourMs + 5 * minuteMs);
  for (const { chain, digests } of chains) {
    for (const digest of digests) {
      for (const file of digest.logFiles) {
        world.deliver(file);
        world.readFile(file);
      }
      await world.collectDigest(chain, digest);
    }
  }
  await world.judge();
  return world;
}

test("what is so in several regions is one reason, and days of which nothing is known are not told", async () => {
  const world = await inRegions(["eu-west-1", "us-east-1", "eu-north-1"], 20);
  const statements = await world.verification.statements({ from: midnight - 9 * dayMs, to: midnight + 9 * dayMs });
  assert.deepEqual(
    statements.map(({ day, sentence, reasons, isProblem }) => [day, sentence, reasons.length, isProblem]),
    [
      ["2026-03-01", "Not proven: the digests of made begin at 10:01 UTC in 3 regions.", 1, true],
      ["2026-03-02", "Complete and proven up to 06:01 UTC: 18 log files in 3 regions.", 0, false],
    ],
  );
});

test("a sentence tells the first reason and how many more there are", async () => {
  const { world, made } = await collected(60, { without: [20, 30] });
  for (const lost of [20, 30]) world.bucket.delete(at(made.digests, lost).key);
  await world.judge();
  const [, second] = await world.verification.statements({ from: midnight, to: midnight + 4 * dayMs });
  assert.equal(
    second?.sentence,
    "Not proven: the digests of made do not cover the time from 06:01 UTC on in eu-west-1; and 2 more reasons.",
  );
  assert.deepEqual(second?.reasons.slice(1), ["6 log files cannot be proven", "2 findings are open"]);
});

test("what is named and still to be read, and a day whose last digest is not due, are no problem and not complete", async () => {
  const { world, made } = await collected(37);
  await world.judge();
  world.clock.advance(hourMs);
  const next = made.addOne();
  await world.collectDigest(made.chain, next);
  await world.judge();
  const ask = { from: midnight + dayMs, to: midnight + 3 * dayMs };
  const state = async () =>
    (await world.verification.statements(ask)).map((one) => [one.sentence, one.isComplete, one.isProblem]);
  assert.deepEqual(await state(), [
    ["Not proven yet: log files that digests name are still to be read.", false, false],
    ["Complete and proven up to 00:01 UTC: no log files in 1 region.", false, false],
  ]);
  for (const file of next.logFiles) {
    world.deliver(file);
    world.readFile(file);
  }
  await world.judge();
  assert.deepEqual((await state())[0]?.slice(1), [true, false]);

  const { world: early } = await collected(37);
  early.clock.advance(30 * minuteMs);
  await early.judge();
  assert.deepEqual(
    (await early.verification.statements(ask)).map((one) => [one.sentence, one.isComplete, one.isProblem]),
    [["Complete and proven up to 23:01 UTC: 69 log files in 1 region.", false, false]],
  );
});

test("log files of which no digest speaks are a problem, from their first day on", async () => {
  const world = new MadeWorld();
  const file = new MadeChain().logFile(madeStart);
  world.deliver(file);
  world.clock.advance(3 * hourMs);
  world.readFile(file);
  await world.judge();
  const [only, ...others] = await world.verification.statements({ from: midnight - dayMs, to: midnight + dayMs });
  assert.deepEqual([only?.day, only?.isProblem, others], ["2026-03-01", true, []]);
  assert.equal(
    only?.sentence,
    "Not proven: no digests of the account were collected that speak for this day; and 1 more reason.",
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hourMs, MadeChain, madeStart } from "../made-chain.fixture.ts";
import { at, collected, minuteMs } from "./collected.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

async function sentence(world: MadeWorld, from = 0): Promise<string> {
  return (await world.verification.overview({ from, to: 1e14 })).sentence;
}

/** Log files whose trail has shown no digest yet. */
async function withoutDigests(count: number, ageMs: number): Promise<MadeWorld> {
  const world = new MadeWorld();
  const made = new MadeChain();
  world.clock.advance(ageMs);
  for (let index = 0; index < count; index += 1) {
    const file = made.logFile(madeStart + index * minuteMs);
    world.deliver(file);
    world.readFile(file);
  }
  await world.judge();
  return world;
}

test("the sentence says how all of it is", async () => {
  assert.equal(
    await sentence(new MadeWorld()),
    "Nothing was judged yet: no log files and no digests of a bucket were collected.",
  );
  const { world, made } = await collected(5);
  await world.judge();
  assert.equal(await sentence(world), "All 15 log files are proven. There is nothing to look at.");
  assert.equal(await sentence(world, madeStart + 99 * hourMs), "No log files were delivered in this time.");
  const young = made.logFile(made.end + 5 * minuteMs);
  world.deliver(young);
  world.readFile(young);
  await world.judge();
  assert.equal(await sentence(world), "Of 16 log files, 15 are proven and 1 waits for its digest.");
});

test("what is broken comes first", async () => {
  const { world, made } = await collected(3);
  const changed = at(at(made.digests, 1).logFiles, 0);
  world.deliver({ ...changed, bytes: gzipSync("{}") });
  world.readFile(changed);
  await world.judge();
  assert.equal(await sentence(world), "Of 9 log files, 1 is broken; 8 are proven. 1 finding is open.");
});

test("log files that wait are not said to be past proving", async () => {
  assert.equal(await sentence(await withoutDigests(3, 10 * minuteMs)), "3 log files wait for their digest.");
  assert.equal(await sentence(await withoutDigests(1, 10 * minuteMs)), "1 log file waits for its digest.");
  assert.equal(
    await sentence(await withoutDigests(3, 5 * hourMs)),
    "No digests were collected, so that 3 log files cannot be proven.",
  );
});

test("of imported files it says what verifies them", async () => {
  const world = new MadeWorld();
  world.proofs.read.set("/home/somebody/logs/one.json.gz", {
    ...{ logFile: "7", name: "/home/somebody/logs/one.json.gz", sha256: "", gzipMembers: 1, bytesBehind: 0, note: "" },
    ...{ deliveredAt: madeStart, readAt: madeStart, records: 1, stored: 1 },
  });
  const unjudged = world.proofs.unjudged.bind(world.proofs);
  world.proofs.unjudged = async (selection, page) =>
    (await unjudged(selection, page)).filter(({ name }) => name.startsWith("s3://"));
  await world.judge();
  assert.match(await sentence(world), /^All log files here were imported, .* use trailwarden verify\.$/);
});

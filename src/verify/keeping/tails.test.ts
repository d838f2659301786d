import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, MadeChain } from "../made-chain.fixture.ts";
import { at, collected, minuteMs } from "./collected.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

test("a digest that does not come is overdue by the clock, and settled when it comes", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  const next = made.addOne({ files: 0 });
  world.clock.advance(2 * hourMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["tail-overdue"]);
  const [chain] = await world.verification.chains();
  assert.equal(chain?.isOverdue, true);
  await world.collectDigest(made.chain, next);
  await world.judge();
  assert.deepEqual(await world.openKinds(), []);
  assert.equal((await world.verification.chains())[0]?.isOverdue, false);
});

test("a digest that lies in the bucket and was not collected yet is not overdue", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  world.deliver(made.addOne({ files: 0 }));
  world.clock.advance(2 * hourMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), []);
});

test("a newest digest that was deleted is missed, though no other digest names it", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  world.bucket.delete(at(made.digests, -1).key);
  world.clock.advance(2 * hourMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["tail-overdue"]);
  assert.match((await world.verification.chains())[0]?.sentence ?? "", /is gone from the bucket/);
});

test("a trail that was stopped ends its chain calmly", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  world.trail = { isLogging: false, stoppedAt: made.end + 10 * minuteMs };
  world.clock.advance(3 * hourMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["chain-ended"]);
  const calls = world.calls.length;
  world.clock.advance(minuteMs);
  await world.judge();
  assert.equal(world.calls.length, calls, "the trail is not asked every minute");
  const [chain] = await world.verification.chains();
  assert.deepEqual([chain?.nextDueAt, chain?.isOverdue], [undefined, false]);
});

test("a trail that ends while digests before its end are missing is both ended and overdue", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  world.trail = { isLogging: false, stoppedAt: made.end + 3 * hourMs };
  world.clock.advance(6 * hourMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["chain-ended", "tail-overdue"]);
});

test("of one digest the window is the pace by which the next is due, and it is overdue only after an hour's", async () => {
  const world = new MadeWorld();
  const made = new MadeChain({ paceMs: 2 * minuteMs }).add(1, { files: 0 });
  for (const digest of made.digests) await world.collectDigest(made.chain, digest);
  world.clock.advance(4 * minuteMs);
  const file = made.logFile(made.end + minuteMs);
  world.deliver(file);
  world.readFile(file);
  await world.judge();
  assert.equal((await world.verification.chains())[0]?.nextDueAt, made.end + 2 * minuteMs);
  const row = world.proofs.verdictRows.get(`s3://${file.bucket}/${file.key}`);
  // Named in the window after its own at the latest, and half an hour of patience.
  assert.deepEqual([row?.verdict, row?.dueAt], ["waiting", made.end + 34 * minuteMs]);
  world.clock.advance(40 * minuteMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), []);
});

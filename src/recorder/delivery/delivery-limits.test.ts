import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { SteppedClock } from "../../base/clock.ts";
import { openHistory } from "../lookup/history.ts";
import { Gates } from "./gates.ts";
import { nextBatch } from "./log-events.ts";
import { accountId, bucket, logFiles, openMadeUpDelivery, region, start } from "./made-up-delivery.fixture.ts";

const minute = 60_000;
const hour = 60 * minute;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-delivery-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("what is refused is tried again by itself, less and less often, up to every quarter of an hour", () => {
  const gates = new Gates();
  const tries: number[] = [];
  for (let now = 0; now < 2 * hour; now += minute) {
    if (!gates.isOpen("lane", now)) continue;
    tries.push(now / minute);
    gates.noteFailure("lane", now);
  }
  assert.deepEqual(tries, [0, 1, 3, 7, 15, 30, 45, 60, 75, 90, 105]);
  gates.open("other");
  assert.ok(!gates.isOpen("lane", 119 * minute));
  gates.open("la");
  assert.ok(gates.isOpen("lane", 119 * minute));
});

test("a bucket that is repaired takes what waited without anybody asking", async () => {
  await using made = await openMadeUpDelivery({ folder });
  made.outlets.refusals.set(bucket, "AccessDenied");
  await made.record();
  await made.delivery.deliverNow();
  made.outlets.refusals.clear();
  const arrived = Promise.withResolvers<void>();
  made.outlets.beforePut = () => arrived.resolve();
  made.clock.advance(5 * minute);
  await arrived.promise;
});

test("records that come faster than files are due go out when a file is full", async () => {
  await using made = await openMadeUpDelivery({ folder, settings: { logFileBytesMax: 2000 } });
  const arrived = Promise.withResolvers<void>();
  made.outlets.beforePut = () => arrived.resolve();
  for (let number = 0; number < 10; number += 1) await made.record();
  await arrived.promise;
});

test("the journal keeps only what has not been made into files", async () => {
  await using made = await openMadeUpDelivery({ folder });
  const large = "x".repeat(100_000);
  for (let number = 0; number < 350; number += 1) await made.record({ errorMessage: large });
  assert.equal((await readdir(join(folder, "journal"))).length, 2);
  await made.delivery.deliverNow();
  assert.equal((await readdir(join(folder, "journal"))).length, 1);
  assert.equal([...logFiles(made.outlets).values()].flat().length, 350);
});

test("a made-up world that was put away for weeks begins with a few digests and not with thousands", async () => {
  const clock = new SteppedClock(start);
  const options = { folder, statePath: join(folder, "state.sqlite"), clock };
  {
    await using made = await openMadeUpDelivery(options);
    await made.delivery.deliverNow();
  }
  clock.advance(21 * 24 * hour);
  await using made = await openMadeUpDelivery(options);
  await made.delivery.deliverNow();
  const digests = [...made.outlets.objects.keys()].filter((key) => key.includes("CloudTrail-Digest"));
  assert.equal(digests.length, 1);
});

test("a batch of log events stays within what PutLogEvents takes, in the order of time", () => {
  // CloudWatch Logs API Reference, PutLogEvents
  const many = Array.from({ length: 10_001 }, (_, number) => ({ at: 10_001 - number, text: "x" }));
  assert.equal(nextBatch(many, 0).length, 10_000);
  assert.deepEqual(nextBatch(many, 0)[0], { at: 2, text: "x" });
  assert.equal(nextBatch(many, 10_000).length, 1);
  const large = Array.from({ length: 5 }, (_, at) => ({ at, text: "x".repeat(255 * 1024) }));
  assert.equal(nextBatch(large, 0).length, 4);
  const days = [
    { at: 0, text: "x" },
    { at: 24 * hour, text: "x" },
  ];
  assert.equal(nextBatch(days, 0).length, 1);
});

test("every management event is in the event history, whether a trail wants it or not", async () => {
  // User Guide, "Working with CloudTrail Event history"
  const clock = new SteppedClock(start);
  const history = openHistory(":memory:", { clock });
  await using made = await openMadeUpDelivery({ folder, clock, history, trails: [] });
  const id = await made.record();
  await made.record({ eventCategory: "Data", managementEvent: false });
  await made.delivery.deliverNow();
  const scope = { accountId, region, category: "management" as const, attribute: undefined, after: undefined };
  const found = history.find({ ...scope, from: 0, to: start + hour, limit: 10 });
  assert.deepEqual(
    found.map(({ json }) => (JSON.parse(json) as { eventID: string }).eventID),
    [id],
  );
  history.close();
});

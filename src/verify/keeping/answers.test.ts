import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hourMs, madeStart } from "../made-chain.fixture.ts";
import { at, collected, kindsOf } from "./collected.fixture.ts";

test("what was changed after it was read stays proven, and is told when it is read again", async () => {
  const { world, files } = await collected(3);
  await world.judge();
  const [changed, gone] = files;
  assert.ok(changed !== undefined && gone !== undefined);
  world.deliver({ ...changed, bytes: gzipSync("{}") });
  world.bucket.delete(gone.key);
  const again = async () => {
    const steps = [];
    for await (const step of world.verification.reread({}, new AbortController().signal)) steps.push(step);
    return steps.at(-1);
  };
  assert.deepEqual(await again(), { kind: "summary", read: 9, same: 7, changed: 1, gone: 1 });
  assert.deepEqual(await world.openKinds(), ["log-changed-since", "log-gone-since"]);
  assert.deepEqual(
    kindsOf(world, files),
    files.map(() => "proven"),
  );
  world.deliver(changed, gone);
  await again();
  assert.deepEqual(await world.openKinds(), []);
});

test("a day is complete and proven only when nothing at all is missing from it", async () => {
  const { world, made, files } = await collected(40);
  await world.judge();
  const ask = { from: madeStart, to: madeStart + 3 * 24 * hourMs };
  const [first, second, today, ...others] = await world.verification.statements(ask);
  // The chain began within the first day.
  assert.deepEqual([first?.isComplete, second?.isComplete, today?.isComplete, others], [false, true, false, []]);
  assert.equal(first?.sentence, "Not proven: the digests of made begin at 10:01 UTC in eu-west-1.");
  assert.equal(
    second?.sentence,
    "Complete from 2026-03-02 00:00 UTC to 2026-03-03 00:00 UTC, proven: 72 log files in 1 region.",
  );
  // A day that goes on is no problem.
  assert.equal(today?.sentence, "Complete and proven up to 02:01 UTC: 6 log files in 1 region.");
  assert.deepEqual([first?.isProblem, second?.isProblem, today?.isProblem], [true, false, false]);
  const injected = made.logFile(madeStart + 20 * hourMs);
  world.deliver(injected);
  world.readFile(injected);
  await world.judge();
  const after = (await world.verification.statements(ask))[1];
  assert.equal(after?.isComplete, false);
  assert.match(after?.sentence ?? "", /^Not proven: 1 log file is named by no digest\.$/);
  assert.equal(after?.reasons.length, 1);
  assert.equal(files.length, 120);
});

test("an hour shows its digests, its files and its gaps, each with a sentence", async () => {
  const { world, made } = await collected(6, { without: [3] });
  world.bucket.delete(at(made.digests, 3).key);
  await world.judge();
  const hour = madeStart - (madeStart % hourMs) + 4 * hourMs;
  const evidence = await world.verification.hour({ accountId: "111122223333", region: "eu-west-1", hour });
  assert.equal(evidence.gaps[0]?.kind, "digests-missing");
  assert.ok(evidence.digests.length > 0 && evidence.files.length > 0);
  for (const { sentence } of [...evidence.digests, ...evidence.files, ...evidence.gaps]) assert.match(sentence, /\.$/);
  const { cells } = await world.verification.grid({ from: madeStart - hourMs, to: made.end });
  assert.equal(cells.find((cell) => cell.hour === hour)?.standing, "gap");
  assert.equal(cells.find((cell) => cell.hour === hour - 2 * hourMs)?.standing, "proven");
});

test("two rounds never run at once, and who asks later is not answered by the round before", async () => {
  const { world, made } = await collected(2);
  let running = 0;
  const chainsSince = world.proofs.chainsSince.bind(world.proofs);
  world.proofs.chainsSince = async (since) => {
    running += 1;
    assert.equal(running, 1);
    await Promise.resolve();
    const chains = await chainsSince(since);
    running -= 1;
    return chains;
  };
  const first = world.judge();
  const next = made.addOne();
  for (const file of next.logFiles) {
    world.deliver(file);
    world.readFile(file);
  }
  await world.collectDigest(made.chain, next);
  await Promise.all([first, world.judge(), world.judge()]);
  assert.deepEqual(kindsOf(world, next.logFiles), ["proven", "proven", "proven"]);
});

test("a proven log file that is read anew after it was changed is told, and what was stored first stays proven", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  const file = at(at(made.digests, 1).logFiles, 0);
  const name = `s3://${file.bucket}/${file.key}`;
  const first = world.proofs.read.get(name)?.logFile ?? "";
  world.deliver({ ...file, bytes: gzipSync(`{"Records":[{}]}`) });
  world.readFile(file);
  const anew = world.proofs.read.get(name)?.logFile ?? "";
  await world.judge();
  await world.judge();
  const verdicts = await world.verification.verdictsOf([first, anew]);
  assert.deepEqual([verdicts.get(first)?.verdict.kind, verdicts.get(anew)?.verdict.kind], ["proven", "broken"]);
  assert.equal(verdicts.get(anew)?.name, name);
  assert.deepEqual(await world.openKinds(), ["log-changed-since"]);
});

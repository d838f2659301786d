import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hourMs, MadeChain, madeKey, madeStart, type MadeObject } from "../made-chain.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

const minuteMs = 60_000;

/** A chain of which everything was collected when it was delivered. */
async function collected(hours: number, options: { readonly without?: readonly number[] } = {}) {
  const world = new MadeWorld();
  const made = new MadeChain().add(hours);
  world.clock.advance(made.end + 10 * minuteMs - madeStart);
  for (const [index, digest] of made.digests.entries()) {
    for (const file of digest.logFiles) {
      world.deliver(file);
      world.readFile(file);
    }
    if (options.without?.includes(index) !== true) await world.collectDigest(made.chain, digest);
  }
  return { world, made, files: made.digests.flatMap(({ logFiles }) => logFiles) };
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items.at(index);
  assert.ok(item !== undefined);
  return item;
}

function kindsOf(world: MadeWorld, files: readonly MadeObject[]): readonly (string | undefined)[] {
  return files.map((file) => world.verdict(file)?.join(" ").trim());
}

test("what digests name and was read as they say is proven, the key is asked for once and kept", async () => {
  const { world, files } = await collected(5);
  await world.judge();
  assert.deepEqual(
    kindsOf(world, files),
    files.map(() => "proven"),
  );
  assert.deepEqual(await world.openKinds(), []);
  assert.deepEqual(world.calls, ["ListPublicKeys"]);
  assert.equal(world.integrity.keyRows.size, 1);
  const overview = await world.verification.overview({ from: 0, to: 1e15 });
  assert.deepEqual([overview.logFiles.proven, overview.digests.valid, overview.chains], [15, 5, 1]);
  assert.match(overview.sentence, /All 15 log files are proven/);
});

test("a second look at the same writes nothing", async () => {
  const { world } = await collected(4);
  await world.judge();
  const before = { ...world.proofs.written };
  world.restart();
  await world.judge();
  await world.judge();
  assert.deepEqual(world.proofs.written, before);
});

test("a log file waits for its digest, and a digest that arrives late turns waiting into proven", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  const next = made.addOne();
  const [file] = next.logFiles;
  assert.ok(file !== undefined);
  world.clock.advance(hourMs / 2);
  world.deliver(file);
  world.readFile(file);
  await world.judge();
  assert.deepEqual(world.verdict(file), ["waiting", "digest-not-due"]);
  world.clock.advance(hourMs);
  for (const other of next.logFiles) {
    world.deliver(other);
    world.readFile(other);
  }
  await world.collectDigest(made.chain, next);
  await world.judge();
  assert.deepEqual(kindsOf(world, next.logFiles), ["proven", "proven", "proven"]);
});

test("a digest that is missing is a gap, its files are unproven; when it comes both are healed", async () => {
  const { world, made } = await collected(6, { without: [3] });
  const lost = at(made.digests, 3);
  world.bucket.delete(lost.key);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["digest-missing"]);
  assert.deepEqual(
    kindsOf(world, lost.logFiles),
    lost.logFiles.map(() => "unproven digest-missing"),
  );
  await world.collectDigest(made.chain, lost);
  await world.judge();
  assert.deepEqual(await world.openKinds(), []);
  assert.deepEqual(
    kindsOf(world, lost.logFiles),
    lost.logFiles.map(() => "proven"),
  );
  const sinces = new Set([...world.proofs.verdictRows.values()].map(({ chainSince }) => chainSince));
  assert.deepEqual([...sinces], [madeStart]);
});

test("a log file that was changed is broken, and told", async () => {
  const { world, made } = await collected(3);
  const file = at(at(made.digests, 1).logFiles, 0);
  world.deliver({ ...file, bytes: gzipSync(`{"Records":[]}`) });
  world.readFile(file);
  await world.judge();
  assert.deepEqual(world.verdict(file), ["broken", "content-differs"]);
  assert.deepEqual(await world.openKinds(), ["log-broken"]);
  const [finding] = await world.verification.findings({ from: 0, to: 1e15 }, { limit: 5 });
  assert.equal(finding?.logFile, `s3://${file.bucket}/${file.key}`);
  assert.match(finding?.digest ?? "", /CloudTrail-Digest/);
});

test("a log file that our own reading cut off is fetched once more before anything is said", async () => {
  const { world, made } = await collected(3);
  const file = at(at(made.digests, 1).logFiles, 0);
  world.deliver({ ...file, bytes: file.bytes.subarray(0, file.bytes.length - 9) });
  world.readFile(file);
  world.deliver(file);
  await world.judge();
  assert.deepEqual(world.verdict(file), ["proven", ""]);
  assert.deepEqual(await world.openKinds(), []);
});

test("a log file that a digest names and the bucket does not hold is missing, and settled when it comes", async () => {
  const { world, made } = await collected(3);
  const next = made.addOne();
  const [gone, ...others] = next.logFiles;
  assert.ok(gone !== undefined);
  for (const other of others) {
    world.deliver(other);
    world.readFile(other);
  }
  world.clock.advance(hourMs);
  await world.collectDigest(made.chain, next);
  await world.judge();
  assert.deepEqual(world.verdict(gone), ["waiting", "not-read-yet"]);
  const name = `s3://${gone.bucket}/${gone.key}`;
  assert.equal(world.ledger.rows.get(name)?.source, "made-source");
  world.ledger.change(name, { state: "failing", tries: 3 });
  world.clock.advance(2 * minuteMs);
  await world.judge();
  assert.deepEqual(world.verdict(gone), ["missing", "not-found"]);
  assert.deepEqual(await world.openKinds(), ["log-missing"]);
  world.deliver(gone);
  world.readFile(gone);
  await world.judge();
  assert.deepEqual(world.verdict(gone), ["proven", ""]);
  assert.deepEqual(await world.openKinds(), []);
});

test("a log file that no digest names is undeclared once digests cover its time and a window more", async () => {
  const { world, made } = await collected(4);
  const injected = made.logFile(madeStart + 90 * minuteMs);
  const young = made.logFile(madeStart + 3 * hourMs + 30 * minuteMs);
  for (const file of [injected, young]) {
    world.deliver(file);
    world.readFile(file);
  }
  await world.judge();
  assert.deepEqual(world.verdict(injected), ["undeclared", "not-named"]);
  assert.deepEqual(world.verdict(young), ["waiting", "digest-not-due"]);
  assert.deepEqual(await world.openKinds(), ["log-undeclared"]);
});

test("log files of a place without digests are unproven, and nothing is told", async () => {
  const { world } = await collected(3);
  const other = new MadeChain({ accountId: "444455556666" }).logFile(madeStart);
  world.deliver(other);
  world.readFile(other);
  await world.judge();
  assert.deepEqual(world.verdict(other), ["unproven", "no-digests"]);
  assert.deepEqual(await world.openKinds(), []);
});

test("an unknown key is told once, asked for once an hour, and what it signed is proven when it is known", async () => {
  const world = new MadeWorld();
  world.keys.length = 0;
  const made = new MadeChain().add(3);
  world.clock.advance(made.end - madeStart);
  for (const digest of made.digests) {
    for (const file of digest.logFiles) {
      world.deliver(file);
      world.readFile(file);
    }
    await world.collectDigest(made.chain, digest);
  }
  await world.judge();
  await world.judge();
  const files = made.digests.flatMap(({ logFiles }) => logFiles);
  assert.ok(kindsOf(world, files).every((kind) => kind === "unproven digest-unproven"));
  assert.deepEqual(await world.openKinds(), ["key-unknown"]);
  assert.deepEqual(world.calls, ["ListPublicKeys"]);
  world.keys.push(madeKey("first"));
  world.clock.advance(hourMs);
  await world.judge();
  assert.deepEqual(
    kindsOf(world, files),
    files.map(() => "proven"),
  );
  assert.deepEqual(await world.openKinds(), []);
});

test("a digest that was changed is broken, and what it names is not proven", async () => {
  const { world, made } = await collected(5, { without: [2] });
  const digest = at(made.digests, 2);
  const bytes = gzipSync(digest.text.replace("made-trail", "made-train"));
  await world.collectDigest(made.chain, { ...digest, bytes });
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["digest-broken"]);
  assert.deepEqual(
    kindsOf(world, digest.logFiles),
    digest.logFiles.map(() => "unproven digest-broken"),
  );
});

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
  const [first, second, today] = await world.verification.statements(ask);
  // The chain began within the first day.
  assert.deepEqual([first?.isComplete, second?.isComplete], [false, true]);
  assert.match(
    second?.sentence ?? "",
    /^Complete from 2026-03-02 00:00 UTC to 2026-03-03 00:00 UTC, proven: 72 log files/,
  );
  assert.match(
    today?.sentence ?? "",
    /^Complete from 2026-03-03 00:00 UTC to 2026-03-03 02:01 UTC, proven: 6 log files in 1 region\.$/,
  );
  const injected = made.logFile(madeStart + 20 * hourMs);
  world.deliver(injected);
  world.readFile(injected);
  await world.judge();
  const after = (await world.verification.statements(ask))[1];
  assert.equal(after?.isComplete, false);
  assert.match(after?.sentence ?? "", /^Not proven: 1 log file is named by no digest/);
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
  const cells = await world.verification.grid({ from: madeStart - hourMs, to: made.end });
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

test("a made-up time to come in its name does not keep a log file waiting for ever", async () => {
  const { world, made } = await collected(6);
  const file = made.logFile(Date.parse("2099-01-01T00:00:00Z"));
  world.deliver(file);
  world.readFile(file);
  await world.judge();
  world.clock.advance(2 * hourMs);
  for (const digest of [made.addOne({ files: 0 }), made.addOne({ files: 0 })]) {
    await world.collectDigest(made.chain, digest);
  }
  world.clock.advance(hourMs);
  await world.judge();
  assert.deepEqual(world.verdict(file), ["undeclared", "not-named"]);
});

test("a digest that another signed content takes the place of is told, and the first one's files stay proven", async () => {
  const { world, made, files } = await collected(4);
  await world.judge();
  const last = at(made.digests, -1);
  const forged = made.digest({ previous: at(made.digests, -2) }, made.end - hourMs, made.end, []);
  assert.equal(forged.key, last.key);
  world.clock.advance(minuteMs);
  await world.collectDigest(made.chain, forged);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["digest-replaced"]);
  assert.deepEqual(
    kindsOf(world, files),
    files.map(() => "proven"),
  );
});

test("a trail that ends while digests before its end are missing is both ended and overdue", async () => {
  const { world, made } = await collected(3);
  await world.judge();
  world.trail = { isLogging: false, stoppedAt: made.end + 3 * hourMs };
  world.clock.advance(6 * hourMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["chain-ended", "tail-overdue"]);
});

test("many chains that are signed with one key ask for it once, and all are proven at the first look", async () => {
  const world = new MadeWorld();
  const chains = ["a", "b", "c", "d", "e"].map((trailName) => new MadeChain({ trailName }).add(2, { files: 0 }));
  world.clock.advance(2 * hourMs);
  for (const { chain, digests } of chains) for (const digest of digests) await world.collectDigest(chain, digest);
  await world.judge();
  assert.deepEqual(world.calls, ["ListPublicKeys"]);
  assert.deepEqual(await world.openKinds(), []);
  assert.ok([...world.proofs.digestVerdictRows.values()].every(({ verdict }) => verdict === "valid"));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hourMs, MadeChain, madeKey, madeStart } from "../made-chain.fixture.ts";
import { at, collected, kindsOf, minuteMs } from "./collected.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

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
  // One that was delivered late may be named by a digest for late log files.
  assert.deepEqual(await world.openKinds(), []);
  for (const digest of [made.addOne({ files: 0 }), made.addOne({ files: 0 })]) {
    world.clock.advance(hourMs - minuteMs);
    await world.collectDigest(made.chain, digest);
    await world.judge();
  }
  assert.deepEqual(await world.openKinds(), []);
  world.restart();
  world.clock.advance(2 * minuteMs);
  await world.judge();
  assert.deepEqual(await world.openKinds(), ["log-undeclared"]);
  const [finding] = await world.verification.findings({ from: 0, to: 1e15 }, { limit: 5 });
  assert.match(
    finding?.sentence ?? "",
    /^Undeclared: .* No digest for late log files has named it since, either\. It is s3:/,
  );
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

test("a key that something else than AWS told proves nothing of what was collected from AWS", async () => {
  const { world, files } = await collected(3);
  // The same key, told by an emulator: its own digests it proves.
  world.authority = "http://127.0.0.1:4566";
  await world.judge();
  assert.deepEqual(new Set(kindsOf(world, files)), new Set(["proven"]));
  assert.deepEqual(
    [...world.integrity.keyRows.values()].map(({ authority }) => authority),
    ["http://127.0.0.1:4566"],
  );

  const { world: other, files: collectedFromAws } = await collected(3);
  for (const row of world.integrity.keyRows.values()) await other.integrity.putKeys([row]);
  other.keys.length = 0;
  await other.judge();
  assert.deepEqual(new Set(kindsOf(other, collectedFromAws)), new Set(["unproven digest-unproven"]));
  assert.deepEqual(await other.openKinds(), ["key-unknown"]);
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

import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  MadeChain,
  type MadeDigest,
  madeKey,
  madeKeys,
  type MadeObject,
  madeStart,
  sealDigest,
} from "../made-chain.fixture.ts";
import type { TrailState } from "../trail-state.ts";
import { auditCopy, nameOf } from "./copied-folder.fixture.ts";

const hourMs = 3_600_000;
const region = "eu-west-1";
const key = madeKey("first");
const keys = () => madeKeys(region, key);

function objectsOf(...chains: readonly MadeChain[]): MadeObject[] {
  return chains.flatMap(({ digests }) => digests.flatMap((digest) => [digest, ...digest.logFiles]));
}

function made(hours = 6): { readonly chain: MadeChain; readonly objects: MadeObject[] } {
  const chain = new MadeChain().add(hours);
  return { chain, objects: objectsOf(chain) };
}

function without(objects: readonly MadeObject[], ...gone: readonly (MadeObject | undefined)[]): MadeObject[] {
  return objects.filter((object) => !gone.includes(object));
}

function digestAt(chain: MadeChain, index: number): MadeDigest {
  const digest = chain.digests.at(index);
  assert.ok(digest);
  return digest;
}

function logAt(chain: MadeChain, index: number): MadeObject {
  const [log] = digestAt(chain, index).logFiles;
  assert.ok(log);
  return log;
}

test("a whole chain with all that it names is proven, and its summary counts it", async () => {
  const { objects } = made();
  const { summary, problems, gaps, steps } = await auditCopy(objects, { keys: keys() });
  assert.deepEqual([problems, gaps], [{}, []]);
  assert.equal(summary.digests.valid, 6);
  assert.equal(summary.logFiles.proven, 18);
  assert.deepEqual(summary.found, { from: madeStart, to: madeStart + 6 * hourMs });
  const digests = steps.flatMap((step) => (step.kind === "digest" ? [step.digest.endsAt] : []));
  assert.deepEqual(
    digests,
    digests.toSorted((a, b) => b - a),
    "the newest digest comes first",
  );
});

test("what was changed, cut off, lengthened or deleted is named, and nothing else", async () => {
  const { chain, objects } = made();
  const changes = new Map<MadeObject, (bytes: Buffer) => Buffer>([
    [logAt(chain, 0), (bytes) => gzipSync(gunzipSync(bytes).toString().replace("Records", "records"))],
    [logAt(chain, 1), (bytes) => bytes.subarray(0, bytes.length - 9)],
    [logAt(chain, 2), (bytes) => Buffer.concat([bytes, Buffer.alloc(5)])],
    [logAt(chain, 3), (bytes) => Buffer.concat([bytes, gzipSync("")])],
  ]);
  const tampered = without(objects, logAt(chain, 4)).map((object) => {
    const change = changes.get(object);
    return change === undefined ? object : { ...object, bytes: change(object.bytes) };
  });
  const { problems, summary } = await auditCopy(tampered, { keys: keys() });
  assert.deepEqual(problems, {
    [nameOf(logAt(chain, 0).key)]: "broken content-differs",
    [nameOf(logAt(chain, 1).key)]: "broken cut-off",
    [nameOf(logAt(chain, 2).key)]: "broken bytes-behind",
    [nameOf(logAt(chain, 3).key)]: "broken second-member",
    [nameOf(logAt(chain, 4).key)]: "missing not-found",
  });
  assert.deepEqual([summary.logFiles.proven, summary.logFiles.broken, summary.logFiles.missing], [13, 4, 1]);
});

test("a log file that no digest names is undeclared", async () => {
  const { chain, objects } = made();
  const stranger = chain.logFile(madeStart + 2.5 * hourMs);
  const { problems } = await auditCopy([...objects, stranger], { keys: keys() });
  assert.deepEqual(problems, { [nameOf(stranger.key)]: "undeclared not-named" });
});

test("the names in a forged digest hide nothing", async () => {
  const { chain, objects } = made();
  const stranger = chain.logFile(madeStart + 3.5 * hourMs);
  const old = digestAt(chain, 0);
  const logFiles = [
    ...(old.json["logFiles"] as object[]),
    { s3Bucket: stranger.bucket, s3Object: stranger.key, hashValue: "0".repeat(64) },
  ];
  const forged = { ...old, bytes: gzipSync(JSON.stringify({ ...old.json, logFiles })) };
  const { problems } = await auditCopy([...without(objects, old), forged, stranger], { keys: keys() });
  assert.equal(problems[nameOf(old.key)], "broken signature-wrong");
  assert.equal(problems[nameOf(stranger.key)], "undeclared not-named");
  assert.equal(problems[nameOf(old.logFiles[0]?.key ?? "")], "unproven digest-broken");
});

test("two digests gone in a row are both counted, and what they named is unproven", async () => {
  const { chain, objects } = made();
  const gone = [digestAt(chain, 2), digestAt(chain, 3)];
  const { problems, gaps, summary } = await auditCopy(without(objects, ...gone), { keys: keys() });
  assert.equal(problems[nameOf(gone[1]?.key ?? "")], "missing not-found");
  assert.deepEqual(gaps, ["digests-missing 2"]);
  assert.equal(summary.logFiles.unproven, 6);
  for (const log of gone.flatMap(({ logFiles }) => logFiles))
    assert.equal(problems[nameOf(log.key)], "unproven digest-missing");
});

test("in a copy, log files behind the newest digest tell that one more is missing", async () => {
  const { chain, objects } = made();
  const { gaps, problems, summary } = await auditCopy(without(objects, digestAt(chain, -1)), { keys: keys() });
  assert.deepEqual(gaps, ["tail 1"]);
  assert.equal(summary.logFiles.unproven, 3);
  assert.match(problems[nameOf(logAt(chain, -1).key)] ?? "", /^unproven /);
  const all = objectsOf(chain);
  const upTo = await auditCopy(without(all, digestAt(chain, -1)), { keys: keys(), ask: { to: chain.end - hourMs } });
  assert.deepEqual([upTo.gaps, upTo.problems], [[], {}], "who asks for less hears nothing of it");
});

const logging: TrailState = {
  askedAt: 0,
  exists: true,
  isLogging: true,
  isValidating: true,
  stoppedAt: undefined,
  digestDeliveredAt: undefined,
  digestError: undefined,
};

test("in a bucket that goes on, the newest digest is expected by the clock", async () => {
  const { chain, objects } = made();
  const young = await auditCopy(objects, { keys: keys(), live: { now: chain.end + hourMs } });
  assert.deepEqual([young.gaps, young.problems], [[], {}]);
  const now = chain.end + 3 * hourMs;
  assert.deepEqual((await auditCopy(objects, { keys: keys(), live: { now } })).gaps, ["tail 2"]);
  assert.deepEqual((await auditCopy(objects, { keys: keys(), live: { now, trail: logging } })).gaps, ["tail 2"]);
});

test("a trail that was stopped, that validates no more or that is gone leaves no gap behind its last digest", async () => {
  const { chain, objects } = made();
  const now = chain.end + 30 * hourMs;
  const ended: readonly TrailState[] = [
    { ...logging, isLogging: false, stoppedAt: chain.end },
    { ...logging, isValidating: false },
    { ...logging, exists: false, isLogging: false, isValidating: false },
  ];
  for (const trail of ended) {
    assert.deepEqual((await auditCopy(objects, { keys: keys(), live: { now, trail } })).gaps, []);
  }
  // A digest that should have come before the stop is missed still.
  const later = { ...logging, isLogging: false, stoppedAt: chain.end + 2 * hourMs };
  assert.deepEqual((await auditCopy(objects, { keys: keys(), live: { now, trail: later } })).gaps, ["tail 2"]);
});

test("of a span long gone only what lies there is judged", async () => {
  const { chain, objects } = made();
  const live = { now: chain.end + 1_000 * hourMs };
  const ask = { to: chain.end + 3 * hourMs };
  assert.deepEqual((await auditCopy(objects, { keys: keys(), live, ask })).gaps, []);
  const cut = await auditCopy(without(objects, digestAt(chain, -1)), { keys: keys(), live, ask });
  assert.deepEqual([cut.gaps, cut.summary.logFiles.unproven], [["tail 1"], 3]);
});

test("signatures that a copy has lost are lent by the digests that follow; the newest is unproven", async () => {
  const { chain, objects } = made();
  const { problems, summary } = await auditCopy(objects, { keys: keys(), hasMetadata: false });
  const newest = digestAt(chain, -1);
  assert.equal(summary.digests.valid, 5);
  assert.deepEqual(problems, {
    [nameOf(newest.key)]: "unproven signature-lost",
    ...Object.fromEntries(newest.logFiles.map((log) => [nameOf(log.key), "unproven digest-unproven"])),
  });
});

test("a chain that was re-signed with another key is unproven, all of it", async () => {
  const chain = new MadeChain({ key: madeKey("stranger") }).add(3);
  const { summary } = await auditCopy(objectsOf(chain), { keys: keys() });
  assert.equal(summary.digests.unproven, 3);
  assert.equal(summary.logFiles.unproven, 9);
  assert.equal(summary.logFiles.proven, 0);
});

test("a chain that begins anew leaves a gap, and one of late files is told apart", async () => {
  const chain = new MadeChain()
    .add(3)
    .pause(2 * hourMs)
    .add(1, { previous: null })
    .add(2);
  const late = new MadeChain({ isBackfill: true, seed: 9 }).add(1);
  const { gaps, summary, problems } = await auditCopy(objectsOf(chain, late), { keys: keys() });
  assert.deepEqual(gaps, ["chain-restarted 2"]);
  assert.deepEqual(problems, {});
  assert.deepEqual([summary.chains, summary.backfillDigests.valid, summary.digests.valid], [2, 1, 6]);
});

test("a chain is followed into the bucket that it was in before", async () => {
  const before = new MadeChain({ bucket: "old-trail" }).add(2);
  const after = new MadeChain({ bucket: "new-trail", seed: 2 }).pause(2 * hourMs);
  after.addOne({ previous: digestAt(before, -1) });
  after.add(2);
  const { summary, problems, gaps } = await auditCopy(objectsOf(before, after), { keys: keys() });
  assert.deepEqual([problems, gaps], [{}, []]);
  assert.deepEqual([summary.chains, summary.digests.valid], [1, 5]);
  const cut = await auditCopy(without(objectsOf(before, after), digestAt(before, 0)), { keys: keys() });
  assert.equal(cut.problems[nameOf(digestAt(before, 0).key)], "missing not-found");
});

test("a span leaves out what lies around it", async () => {
  const { chain, objects } = made();
  const ask = { from: madeStart + 2 * hourMs + 1_000, to: madeStart + 3 * hourMs - 1_000 };
  const { summary, problems } = await auditCopy(without(objects, logAt(chain, 0), digestAt(chain, 5)), {
    keys: keys(),
    ask,
  });
  assert.deepEqual(problems, {});
  assert.deepEqual([summary.digests.valid, summary.logFiles.proven], [1, 3]);
  assert.deepEqual(summary.found, ask);
});

test("a digest is not taken for another one's place, and a moved log file is missed and found", async () => {
  const { chain, objects } = made();
  const [one, other] = [digestAt(chain, 1), digestAt(chain, 3)];
  const moved = { ...other, bytes: one.bytes, metadata: one.metadata };
  const { problems, summary } = await auditCopy([...without(objects, other), moved], { keys: keys() });
  assert.equal(problems[nameOf(other.key)], "broken moved");
  assert.deepEqual([summary.logFiles.proven, summary.logFiles.unproven], [15, 3], "each log file is told once");
});

test("without any key nothing is told, because nothing could be proven", async () => {
  const { objects } = made(1);
  await assert.rejects(auditCopy(objects, { keys: madeKeys(region) }), { code: "verify-no-keys", fault: "user" });
});

test("a place without anything of CloudTrail's is said to be empty", async () => {
  await assert.rejects(auditCopy([], { keys: keys() }), { code: "verify-place-empty", fault: "user" });
  const { objects } = made(1);
  const ask = { accountId: "999999999999" };
  await assert.rejects(auditCopy(objects, { keys: keys(), ask }), {
    code: "verify-place-empty",
    message: /999999999999/,
  });
});

test("a digest of hostile names leads nowhere", async () => {
  const { chain, objects } = made(2);
  const hostile = ["../../../../etc/passwd", "AWSLogs/../../etc/passwd", "/etc/passwd", "AWSLogs/\0", "__proto__"];
  const newest = digestAt(chain, 1);
  const json = {
    ...newest.json,
    logFiles: hostile.map((s3Object) => ({ s3Bucket: newest.bucket, s3Object, hashValue: "0".repeat(64) })),
  };
  const signed = sealDigest({ ...newest, json, signer: key, metadata: { "signature-algorithm": "SHA256withRSA" } });
  const { problems, summary } = await auditCopy([...without(objects, newest), signed], { keys: keys() });
  assert.equal(summary.logFiles.missing, 5);
  assert.equal(problems["passwd"], "missing not-found");
});

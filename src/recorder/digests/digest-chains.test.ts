import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { type Digest, readDigest } from "../../cloudtrail/index.ts";
import {
  bucket,
  logFiles,
  type MadeUpDelivery,
  openMadeUpDelivery,
  region,
  start,
  trail,
} from "../delivery/made-up-delivery.fixture.ts";
import { type MadeUpOutlets } from "../delivery/made-up-outlets.fixture.ts";

const hour = 3_600_000;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-digests-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a day has a digest for each hour, chained and signed, that names each log file once; an idle hour has one too", async () => {
  // User Guide, "CloudTrail digest file structure" and "Custom implementations of CloudTrail log file integrity validation"
  await using made = await openMadeUpDelivery({ folder });
  for (let passed = 0; passed < 26; passed += 1) {
    if (passed !== 7) await made.record();
    made.clock.advance(hour / 2);
    await made.delivery.deliverNow();
    made.clock.advance(hour / 2);
    await made.delivery.deliverNow();
  }
  const digests = digestsOf(made.outlets);
  assert.equal(digests.length, 26);
  await checkChain(made, digests);
  assert.equal(digests[0]?.digest.previousDigestSignature, null);
  assert.deepEqual(
    digests.map(({ digest }) => digest.logFiles.length),
    Array.from({ length: 26 }, (_, index) => (index === 7 ? 0 : 1)),
  );
  assert.deepEqual([digests[7]?.digest.newestEventTime, digests[7]?.digest.oldestEventTime], [null, null]);
  assert.match(
    digests[1]?.key ?? "",
    /^AWSLogs\/111122223333\/CloudTrail-Digest\/eu-west-1\/2026\/03\/01\/111122223333_CloudTrail-Digest_eu-west-1_everything_eu-west-1_20260301T120000Z\.json\.gz$/,
  );
  assert.equal(made.trails.status(trail.arn, region).latestDigestDeliveryAt, made.clock.now());
});

test("stopping ends the chain with a digest that names what came last; starting begins one without a digest before it", async () => {
  await using made = await openMadeUpDelivery({ folder });
  await made.record();
  made.clock.advance(10_000);
  const at = made.clock.now();
  const stopped = { ...trail, isLogging: false, stoppedAt: at };
  made.trails.put("stopped", stopped, at);
  await made.delivery.deliverNow();
  made.clock.advance(10_000);
  made.trails.put("started", { ...stopped, isLogging: true, startedAt: made.clock.now() }, made.clock.now());
  await made.record();
  await made.delivery.deliverNow();
  made.clock.advance(hour);
  await made.delivery.deliverNow();
  const digests = digestsOf(made.outlets);
  assert.deepEqual(
    digests.map(({ digest }) => [digest.logFiles.length, digest.previousDigestS3Object]),
    [
      [1, null],
      [1, null],
    ],
  );
  for (const one of digests) await checkSignature(made, one);
});

test("a chain goes on in another bucket, naming the digest before it where that lies", async () => {
  await using made = await openMadeUpDelivery({ folder });
  made.clock.advance(hour);
  await made.delivery.deliverNow();
  made.trails.put("updated", { ...trail, bucket: "elsewhere" }, made.clock.now());
  made.clock.advance(hour);
  await made.delivery.deliverNow();
  const [first, second] = digestsOf(made.outlets);
  assert.deepEqual(
    [second?.digest.digestS3Bucket, second?.digest.previousDigestS3Bucket, second?.digest.previousDigestS3Object],
    ["elsewhere", bucket, first?.key],
  );
});

test("validation that is switched off ends the chain with its hour; switched on again, another begins", async () => {
  // User Guide, "CloudTrail digest file structure": the chain is broken after one hour
  await using made = await openMadeUpDelivery({ folder });
  await made.record();
  await made.delivery.deliverNow();
  const off = { ...trail, validatesLogFiles: false };
  made.trails.put("updated", off, made.clock.now());
  await made.record();
  for (let passed = 0; passed < 3; passed += 1) {
    made.clock.advance(hour);
    await made.delivery.deliverNow();
  }
  assert.deepEqual(
    digestsOf(made.outlets).map(({ digest }) => digest.logFiles.length),
    [1],
  );
  made.trails.put("updated", { ...trail, validatesSince: made.clock.now() }, made.clock.now());
  await made.delivery.deliverNow();
  made.clock.advance(hour);
  await made.delivery.deliverNow();
  assert.deepEqual(
    digestsOf(made.outlets).map(({ digest }) => digest.previousDigestS3Object),
    [null, null],
  );
});

test("a deleted trail leaves one last digest", async () => {
  await using made = await openMadeUpDelivery({ folder });
  await made.record();
  await made.delivery.deliverNow();
  made.clock.advance(5000);
  made.trails.delete(trail, made.clock.now());
  await made.delivery.deliverNow();
  made.clock.advance(3 * hour);
  await made.delivery.deliverNow();
  assert.deepEqual(
    digestsOf(made.outlets).map(({ digest }) => digest.logFiles.length),
    [1],
  );
});

test("after an outage the digests arrive late and whole, and late log files stand in a digest of their own chain", async () => {
  // User Guide, "CloudTrail digest file structure", on backfill digests
  await using made = await openMadeUpDelivery({ folder });
  made.outlets.refusals.set(bucket, "AccessDenied");
  for (let passed = 0; passed < 3; passed += 1) {
    await made.record();
    await made.delivery.deliverNow();
    made.clock.advance(hour);
    await made.delivery.deliverNow();
  }
  assert.equal(made.trails.status(trail.arn, region).latestDigestDeliveryError, "AccessDenied");
  made.outlets.refusals.clear();
  await made.delivery.deliverNow();
  const all = digestsOf(made.outlets);
  const hourly = all.filter(({ key }) => !key.includes("_backfill"));
  const backfill = all.filter(({ key }) => key.includes("_backfill"));
  assert.deepEqual([hourly.length, backfill.length], [3, 3]);
  await checkChain(made, hourly);
  await checkChain(made, backfill);
  assert.deepEqual(
    all.flatMap(({ digest }) => digest.logFiles.map(({ s3Object }) => `${bucket}/${s3Object}`)).sort(),
    [...logFiles(made.outlets).keys()].sort(),
  );
  for (const { metadata } of backfill) {
    assert.equal(metadata["backfill-generation-timestamp"], new Date(made.clock.now()).toISOString());
  }
});

test("a chain is the same when the process is opened again in the middle of it", async () => {
  const statePath = join(folder, "state.sqlite");
  let outlets: MadeUpOutlets | undefined;
  let clock: MadeUpDelivery["clock"] | undefined;
  for (let passed = 0; passed < 3; passed += 1) {
    const known = { ...(outlets && { outlets }), ...(clock && { clock }) };
    await using made = await openMadeUpDelivery({ folder, statePath, ...known });
    ({ outlets, clock } = made);
    await made.record();
    await made.delivery.deliverNow();
    clock.advance(hour);
    if (passed < 2) continue;
    await made.delivery.deliverNow();
    const digests = digestsOf(outlets);
    assert.equal(digests.length, 3);
    await checkChain(made, digests);
  }
});

test("a trail of all regions has a digest in each, each signed with its region's key", async () => {
  const settings = { regions: [region, "us-east-1"] };
  await using made = await openMadeUpDelivery({ folder, settings, trails: [{ ...trail, isMultiRegion: true }] });
  await made.delivery.deliverNow();
  made.clock.advance(hour);
  await made.delivery.deliverNow();
  const digests = digestsOf(made.outlets);
  assert.deepEqual(digests.map(({ key }) => key.split("/")[3]).sort(), [region, "us-east-1"]);
  const [one, other] = digests.map(({ digest }) => digest.digestPublicKeyFingerprint);
  assert.notEqual(one, other);
  for (const digest of digests) await checkSignature(made, digest);
});

test("keys last about a month and overlap, and old ones stay to be asked for", async () => {
  // API Reference, ListPublicKeys
  await using made = await openMadeUpDelivery({ folder, settings: { digestSeconds: 24 * 3600 } });
  await made.delivery.deliverNow();
  for (let passed = 0; passed < 40; passed += 1) {
    made.clock.advance(24 * hour);
    await made.delivery.deliverNow();
  }
  const keys = made.keys.list(region, 0, made.clock.now());
  assert.equal(keys.length, 2);
  const [first, second] = keys;
  assert.ok(first !== undefined && second !== undefined && second.validFrom < first.validTo);
  for (const key of keys) assert.equal(key.fingerprint, createHash("md5").update(key.value).digest("hex"));
  assert.deepEqual(made.keys.list(region, 0, start - 2 * hour), []);
  const digests = digestsOf(made.outlets);
  await checkChain(made, digests);
});

interface FoundDigest {
  readonly key: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
}

/** In the order of their names, which is that of time. */
function digestsOf(outlets: MadeUpOutlets): readonly FoundDigest[] {
  const objects = [...outlets.objects.values()].filter(({ key }) => key.includes("/CloudTrail-Digest/"));
  return objects
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, body, metadata }) => {
      const bytes = gunzipSync(body);
      const read = readDigest(bytes);
      assert.ok(read.ok);
      return { key, digest: read.digest, bytes, metadata };
    });
}

/** Looks at everything again, with the little that the User Guide says of it. */
async function checkChain(made: MadeUpDelivery, digests: readonly FoundDigest[]): Promise<void> {
  for (const [index, found] of digests.entries()) {
    const before = index === 0 ? undefined : digests[index - 1];
    const { digest } = found;
    assert.equal(digest.previousDigestS3Object, before?.key ?? null);
    assert.equal(digest.previousDigestSignature, before?.metadata["signature"] ?? null);
    assert.equal(digest.previousDigestHashValue, before === undefined ? null : sha256(before.bytes));
    if (before !== undefined) assert.equal(digest.digestStartTime, before.digest.digestEndTime);
    for (const file of digest.logFiles) {
      const object = made.outlets.objects.get(`${file.s3Bucket}/${file.s3Object}`);
      assert.ok(object, file.s3Object);
      assert.equal(file.hashValue, sha256(gunzipSync(object.body)));
    }
    await checkSignature(made, found);
  }
}

async function checkSignature(made: MadeUpDelivery, { key, digest, bytes, metadata }: FoundDigest): Promise<void> {
  const signed = metadata["backfill-generation-timestamp"] ?? digest.digestEndTime;
  const keys = made.keys.list(key.split("/")[3] ?? "", Date.parse(signed), Date.parse(signed));
  const publicKey = keys.find(({ fingerprint }) => fingerprint === digest.digestPublicKeyFingerprint);
  assert.ok(publicKey, `no key for ${key}`);
  const previous = digest.previousDigestSignature ?? "null";
  const text = `${digest.digestEndTime}\n${digest.digestS3Bucket}/${key}\n${sha256(bytes)}\n${previous}`;
  const pkcs1 = createPublicKey({ key: Buffer.from(publicKey.value), format: "der", type: "pkcs1" });
  assert.ok(verify("RSA-SHA256", Buffer.from(text), pkcs1, Buffer.from(metadata["signature"] ?? "", "hex")));
  assert.equal(metadata["signature-algorithm"], "SHA256withRSA");
  assert.equal(digest.digestS3Object, key);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

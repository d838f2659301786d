import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { manager, openCollectingPlace, settle, type CollectingPlace } from "./collecting.fixture.ts";

const region = "eu-central-1";
const text = JSON.stringify({ awsAccountId: manager, logFiles: [] });
const hour = 3_600_000;

/** The key of a digest whose window ended some hours ago, on the made-up AWS's clock. */
function digestKey({ sandbox }: CollectingPlace, hoursAgo: number): string {
  const time = new Date(sandbox.sandbox.clock.now() - hoursAgo * hour).toISOString();
  const compact = `${time.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  const folder = `AWSLogs/${manager}/CloudTrail-Digest/${region}/${time.slice(0, 10).replaceAll("-", "/")}`;
  return `${folder}/${manager}_CloudTrail-Digest_${region}_main_${region}_${compact}.json.gz`;
}

async function put(place: CollectingPlace, Key: string, Body = gzipSync(text)): Promise<void> {
  const s3 = await place.sandbox.client("s3", { accountId: manager });
  const Metadata = { signature: "0a1b", "signature-algorithm": "SHA256withRSA" };
  await s3.call("PutObject", { Bucket: place.wiring.bucket, Key, Body, Metadata });
}

test("a digest that a message tells of is kept beside the log files, with what its metadata says", async () => {
  await using place = await openCollectingPlace();
  await place.addQueue("main");
  const key = digestKey(place, 0);
  await put(place, key);
  await place.send(JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [key] }));
  await place.until("main", ({ ledger }) => ledger.digests.read === 1);
  await place.until("main", async () => (await place.queued()) === 0);
  const digest = await place.store.proofs.digest(`s3://${place.wiring.bucket}/${key}`);
  const { name, sha256, signature, fault, accountId, source } = digest ?? {};
  assert.deepEqual(
    { name, sha256, signature, fault, accountId, source },
    {
      name: `s3://${place.wiring.bucket}/${key}`,
      sha256: createHash("sha256").update(text).digest("hex"),
      ...{ signature: "0a1b", fault: "", accountId: manager, source: "main" },
    },
  );
  assert.deepEqual(String(digest?.text), text);
  const { figures } = await place.collector.get("main");
  assert.deepEqual([figures.events, figures.swallowed["digest"]], [0, undefined]);
  assert.deepEqual(place.failures, []);
});

test("a digest that no message tells of is found in the bucket, and one that was replaced is kept beside the first", async () => {
  await using place = await openCollectingPlace();
  const key = digestKey(place, 0);
  await put(place, key);
  // A log file makes the bucket known.
  const log = `AWSLogs/${manager}/CloudTrail/${region}/2026/11/21/${manager}_CloudTrail_${region}_20261121T0800Z_a.json.gz`;
  await put(place, log, gzipSync(makeLogFile([makeRecord(1)])));
  await place.send(JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [log] }));
  await place.addQueue("main");
  await place.until("main", ({ ledger, figures }) => ledger.digests.read === 1 && figures.events === 1);
  const chain = (await place.store.proofs.digest(`s3://${place.wiring.bucket}/${key}`))?.chain ?? "";
  await put(place, key, gzipSync(`${text} `));
  await place.until("main", async () => {
    place.sandbox.sandbox.clock.advance(60_000);
    await settle();
    return (await place.store.proofs.digests(chain, { limit: 10 })).length === 2;
  });
  const { ledger } = await place.until("main", (source) => source.ledger.digests.read === 1);
  assert.deepEqual(ledger.digests, { known: 1, read: 1, failing: 0 });
});

test("a source's bucket and AWS itself can be reached with its rights, whether it runs or not", async () => {
  await using place = await openCollectingPlace();
  await place.addQueue("main");
  const key = digestKey(place, 1);
  await put(place, key);
  await place.send(JSON.stringify({ s3Bucket: place.wiring.bucket, s3ObjectKey: [key] }));
  await place.until("main", ({ ledger }) => ledger.digests.read === 1);
  await place.collector.pause("main");
  await using reach = await place.collector.reach("main");
  const { bucket } = place.wiring;
  assert.deepEqual([reach?.source, reach?.region, reach?.roots], ["main", region, [{ bucket, prefix: "" }]]);
  const answer = await reach?.aws.objects().get({ bucket, key }, { heldBytesMax: 1_000_000 });
  assert.deepEqual(answer?.metadata, { signature: "0a1b", "signature-algorithm": "SHA256withRSA" });
  await place.collector.add({ name: "posted", type: "push", settings: {} });
  assert.equal(await place.collector.reach("posted"), undefined);
  await assert.rejects(place.collector.reach("nobody"), { code: "source-unknown" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../../test/fixtures/temporary-folder.ts";
import { sandboxAccount } from "../../../sandbox/sandbox.fixture.ts";
import { madeKey } from "../../listing/listing-place.fixture.ts";
import { bucketSource } from "./bucket-source.ts";
import { madeBucketName, makeUser, openBucketPlace } from "./bucket-place.fixture.ts";

const hour = 3_600_000;
const day = 24 * hour;

test("files that come late are read, though their names sort before those read already", async () => {
  await using bucket = await openBucketPlace();
  const now = bucket.clock.now();
  await bucket.put(madeKey(now, "m"), 1, 2);
  await using source = await bucket.start();
  await source.until(async () => (await source.events()) === 2);
  const early = madeKey(now - (now % day), "a");
  await bucket.put(early, 3);
  bucket.clock.advance(5_000);
  await source.until(async () => (await source.events()) === 3);

  bucket.clock.advance(2 * day);
  await bucket.put(madeKey(now, "0"), 4);
  bucket.clock.advance(10 * 60_000);
  await source.until(async () => (await source.events()) === 4);
  const { ledger } = source.place.state;
  await source.until(async () => (await ledger.totals({})).read === 3);
  const [entry] = await ledger.entries([`s3://${madeBucketName}/${early}`]);
  assert.deepEqual([entry?.state, entry?.records, entry?.source], ["read", 1, "logs"]);
  const totals = await ledger.totals({});
  assert.deepEqual([totals.known, totals.read, totals.listed], [3, 3, 3]);
  assert.deepEqual(source.place.watch.troubles, []);
  assert.deepEqual(
    (await source.place.state.accounts.list()).map(({ id }) => id),
    ["111122223333"],
  );
});

test("a day's files are all read, though S3 lists 1,000 objects at a time and they are more", async () => {
  await using bucket = await openBucketPlace();
  const now = bucket.clock.now();
  // Most of them are empty, which are listed like all others and not read.
  const others = Array.from({ length: 1_000 }, (_, at) => madeKey(now, `u${at}`));
  const putEmpty = (Key: string) => bucket.s3.call("PutObject", { Bucket: madeBucketName, Key, Body: "" });
  for (let first = 0; first < others.length; first += 100) {
    await Promise.all(others.slice(first, first + 100).map(putEmpty));
  }
  for (const [record, unique] of ["a", "u50b", "z"].entries()) await bucket.put(madeKey(now, unique), record);
  await using source = await bucket.start();
  await source.until(async () => (await source.place.state.ledger.totals({})).read === 3);
  assert.equal(await source.events(), 3);
});

test("an organization's bucket with both layouts is read, but for the accounts that are left out", async () => {
  await using bucket = await openBucketPlace();
  const now = bucket.clock.now();
  const organizationId = "o-exampleorgid";
  await bucket.put(madeKey(now, "a"), 1);
  await bucket.put(madeKey(now, "b", { organizationId }), 2);
  await bucket.put(madeKey(now, "c", { organizationId, accountId: "444455556666", region: "us-east-1" }), 3);
  await bucket.put(madeKey(now, "d", { organizationId, accountId: "777788889999" }), 4);
  await bucket.put(madeKey(now, "e", { type: "CloudTrail-Insight" }), 5);
  await bucket.put("AWSLogs/111122223333/Config/x.json.gz", 6);
  {
    await using source = await bucket.start({ exceptAccounts: ["7777-8888-9999"] });
    await source.until(async () => (await source.events()) === 4);
    assert.equal((await source.place.state.ledger.totals({})).known, 4);
  }
  using folder = makeTemporaryFolder();
  await using source = await bucket.start({ onlyAccounts: ["444455556666"] }, folder.path);
  await source.until(async () => (await source.events()) === 1);
  const { rows } = await source.place.store.page({ predicate: { kind: "all" }, order: "newest", limit: 10 });
  assert.equal(rows.length, 1);
});

test("a bucket in another region than was said is read all the same", async () => {
  await using bucket = await openBucketPlace({ region: "us-east-1" });
  await bucket.put(madeKey(bucket.clock.now(), "a"), 1);
  const findings = await bucket.check();
  assert.deepEqual(
    findings.map(({ sentence }) => sentence),
    [
      "The bucket example-logs is there, in us-east-1, and may be listed",
      "It holds log files of 1 account in 1 region",
      `The log file s3://example-logs/${madeKey(bucket.clock.now(), "a")} can be read`,
    ],
  );
  await using source = await bucket.start();
  await source.until(async () => (await source.events()) === 1);
});

test("years that are read when the program is killed are read on after it starts again, each file once", async () => {
  await using bucket = await openBucketPlace();
  const now = bucket.clock.now();
  const keys = Array.from({ length: 40 }, (_, number) => madeKey(now - (2 + number * 9) * day, `y${number}`));
  for (const [number, key] of keys.entries()) await bucket.put(key, number);
  await bucket.put(madeKey(now, "today"), 1_000);
  let done = 0;
  for (const enough of [60, 200]) {
    await using source = await bucket.start({ from: "all" });
    const { watch } = source.place;
    await source.until(() => watch.progressNow !== undefined);
    assert.ok((watch.progressNow?.done ?? 0) >= done, "it goes on where it was stopped");
    await source.until(() => (watch.progressNow?.done ?? 0) >= enough);
    assert.deepEqual([watch.progressNow?.unit, watch.progressNow?.total], ["days", 352]);
    done = enough;
  }
  await using source = await bucket.start({ from: "all" });
  await source.until(async () => (await source.place.state.ledger.totals({})).read === 41);
  const statistics = await source.place.store.statistics();
  assert.deepEqual([statistics.events, statistics.logFiles], [41, 41]);
  await source.until(() => source.place.watch.progressNow === undefined);
});

test("what stands in the way has its own sentence, and ends when it is gone", async () => {
  await using bucket = await openBucketPlace();
  const [empty] = (await bucket.check()).filter(({ isGood }) => !isGood);
  assert.deepEqual(
    [empty?.code, empty?.sentence],
    ["bucket-empty", "s3://example-logs/ holds no log files below AWSLogs yet"],
  );
  const [missing] = await bucket.check({ bucket: "example-nowhere" });
  assert.equal(missing?.code, "bucket-missing");
  const [only] = (await bucket.check({ prefix: "audit" })).filter(({ isGood }) => !isGood);
  assert.match(only?.sentence ?? "", /^s3:\/\/example-logs\/audit holds no log files/);

  await using source = await bucket.start();
  await source.until(() => source.place.watch.hintNow?.code === "bucket-empty");
  await bucket.put(madeKey(bucket.clock.now(), "a"), 1);
  bucket.clock.advance(5_000);
  await source.until(async () => (await source.events()) === 1);
  await source.until(() => source.place.watch.hintNow === undefined);

  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Principal: "*", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${madeBucketName}` },
    ],
  });
  await bucket.s3.call("PutBucketPolicy", { Bucket: madeBucketName, Policy });
  bucket.clock.advance(5_000);
  await source.until(() => source.place.watch.troubles.length > 0);
  const [trouble] = source.place.watch.troubles;
  assert.equal(trouble?.code, "right-missing");
  assert.match(trouble.sentence, /^The bucket example-logs may not be used: .*s3:ListBucket/);
  await bucket.s3.call("DeleteBucketPolicy", { Bucket: madeBucketName });
  await bucket.put(madeKey(bucket.clock.now(), "b"), 2);
  bucket.clock.advance(60_000);
  await source.until(async () => (await source.events()) === 2);
  await source.until(() => source.place.watch.troubles.length === 0);
});

test("a file that may not be read is told of, tried again, and read when it may be", async () => {
  await using bucket = await openBucketPlace();
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${madeBucketName}/*` },
    ],
  });
  await bucket.s3.call("PutBucketPolicy", { Bucket: madeBucketName, Policy });
  await bucket.put(madeKey(bucket.clock.now(), "a"), 1);
  await using source = await bucket.start();
  await source.until(() => source.place.watch.troubles.length > 0);
  assert.equal(source.place.watch.troubles[0]?.code, "right-missing");
  const [entry] = await source.place.state.ledger.failing("logs", 10);
  assert.match(entry?.problem ?? "", /s3:GetObject/);
  await bucket.s3.call("DeleteBucketPolicy", { Bucket: madeBucketName });
  bucket.clock.advance(60_000);
  await source.until(async () => (await source.events()) === 1);
  await source.until(() => source.place.watch.troubles.length === 0);
});

test("the rights that it asks for are enough, without those that it can do without", async () => {
  await using bucket = await openBucketPlace();
  const needed = bucketSource.permissions.filter(({ isOptional }) => isOptional !== true);
  const secrets = await makeUser(
    bucket.sandbox,
    sandboxAccount,
    needed.map(({ action }) => action),
  );
  await bucket.put(madeKey(bucket.clock.now() - 5 * day, "a"), 1);
  await bucket.put(madeKey(bucket.clock.now(), "b"), 2);
  assert.deepEqual(
    (await bucket.check({}, secrets)).filter(({ isGood }) => !isGood),
    [],
  );
  await using source = await bucket.start({ from: "all" }, undefined, secrets);
  await source.until(async () => (await source.events()) === 2);
  assert.deepEqual(source.place.watch.troubles, []);
});

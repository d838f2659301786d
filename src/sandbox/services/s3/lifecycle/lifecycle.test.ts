import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputOf } from "../../../../aws/index.ts";
import { refusedWith, testS3 } from "../s3.fixture.ts";
import { sweepLifecycles } from "./sweep.ts";

const Bucket = "company-logs";
const day = 24 * 60 * 60 * 1000;

type Rules = NonNullable<InputOf<"s3", "PutBucketLifecycleConfiguration">["LifecycleConfiguration"]>["Rules"];

test("objects expire at the midnight after their days, by prefix, tag and size", async (t) => {
  const { call, s3, world, sent } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const Rules: Rules = [
    { ID: "short", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } },
    {
      ID: "tagged",
      Status: "Enabled",
      Filter: { And: { Tags: [{ Key: "keep", Value: "no" }], ObjectSizeGreaterThan: 2 } },
      Expiration: { Days: 3 },
    },
    { ID: "off", Status: "Disabled", Filter: {}, Expiration: { Days: 1 } },
  ];
  await call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });
  await call("PutBucketNotificationConfiguration", {
    Bucket,
    NotificationConfiguration: { EventBridgeConfiguration: {} },
  });
  const put = await call("PutObject", { Bucket, Key: "tmp/a" });
  assert.equal(put.Expiration, 'expiry-date="Sun, 22 Nov 2026 00:00:00 GMT", rule-id="short"');
  await call("PutObject", { Bucket, Key: "big", Tagging: "keep=no" }, { body: "123" });
  await call("PutObject", { Bucket, Key: "small", Tagging: "keep=no" }, { body: "1" });
  const left = async () => (await call("ListObjectsV2", { Bucket })).Contents?.map(({ Key }) => Key);
  world.clock.advance(1.4 * day);
  await sweepLifecycles(s3, world.clock.now());
  assert.deepEqual(await left(), ["big", "small", "tmp/a"]);
  world.clock.advance(0.2 * day);
  sent.length = 0;
  assert.equal(await sweepLifecycles(s3, world.clock.now()), 1);
  assert.deepEqual(await left(), ["big", "small"]);
  assert.equal((JSON.parse(sent[0]?.message ?? "") as { reason: string }).reason, "Lifecycle Expiration");
  world.clock.advance(3 * day);
  await sweepLifecycles(s3, world.clock.now());
  assert.deepEqual(await left(), ["small"]);
});

test("rules are read as they were put, dates too", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const [cold, gone] = [new Date("2030-01-01T00:00:00Z"), new Date("2031-01-01T00:00:00Z")];
  const Rules: Rules = [
    {
      ...{ ID: "dated", Status: "Enabled", Filter: { Prefix: "a/" } },
      Transitions: [{ Date: cold, StorageClass: "GLACIER" }],
      Expiration: { Date: gone },
    },
    { ID: "aged", Status: "Enabled", Filter: {}, Transitions: [{ Days: 30, StorageClass: "GLACIER_IR" }] },
  ];
  await call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });
  assert.deepEqual((await call("GetBucketLifecycleConfiguration", { Bucket })).Rules, Rules);
});

test("older versions, lone delete markers and forgotten uploads go as their rules say; locked versions stay", async (t) => {
  const { call, s3, world } = await testS3(t);
  await call("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });
  const Rules: Rules = [
    {
      Status: "Enabled",
      Filter: {},
      Expiration: { ExpiredObjectDeleteMarker: true },
      NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
  ];
  await call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });
  for (let count = 0; count < 4; count += 1) await call("PutObject", { Bucket, Key: "k" });
  const { Versions = [] } = await call("ListObjectVersions", { Bucket });
  const oldest = Versions.at(-1)?.VersionId;
  await call("PutObjectLegalHold", { Bucket, Key: "k", VersionId: oldest, LegalHold: { Status: "ON" } });
  await call("DeleteObject", { Bucket, Key: "never there" });
  await call("CreateMultipartUpload", { Bucket, Key: "half" });
  world.clock.advance(3 * day);
  await sweepLifecycles(s3, world.clock.now());
  const after = await call("ListObjectVersions", { Bucket });
  assert.deepEqual(
    after.Versions?.map(({ VersionId }) => VersionId),
    [Versions[0]?.VersionId, Versions[1]?.VersionId, oldest],
  );
  assert.equal(after.DeleteMarkers, undefined);
  assert.equal((await call("ListMultipartUploads", { Bucket })).Uploads, undefined);
});

test("objects move to the class that a rule names, and an archived one is not read (InvalidObjectState)", async (t) => {
  const { call, s3, world } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const Rules: Rules = [
    { Status: "Enabled", Filter: {}, Transitions: [{ Days: 30, StorageClass: "STANDARD_IA" }] },
    { Status: "Enabled", Filter: {}, Transitions: [{ Days: 90, StorageClass: "GLACIER" }] },
  ];
  await call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });
  await call("PutObject", { Bucket, Key: "large" }, { body: "x".repeat(200_000) });
  await call("PutObject", { Bucket, Key: "small" }, { body: "x" });
  const classOf = async (Key: string) => (await call("HeadObject", { Bucket, Key })).StorageClass;
  world.clock.advance(31 * day);
  await sweepLifecycles(s3, world.clock.now());
  assert.deepEqual([await classOf("large"), await classOf("small")], ["STANDARD_IA", undefined]);
  world.clock.advance(60 * day);
  await sweepLifecycles(s3, world.clock.now());
  assert.equal(await classOf("large"), "GLACIER");
  await assert.rejects(call("GetObject", { Bucket, Key: "large" }), refusedWith("InvalidObjectState", 403));
});

test("rules that S3 refuses are refused (API Reference, PutBucketLifecycleConfiguration)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const base = { Status: "Enabled" as const, Filter: {} };
  const table: readonly (readonly [Rules, string])[] = [
    [[], "MalformedXML"],
    [[{ Status: "Enabled", Expiration: { Days: 1 } }], "MalformedXML"],
    [[{ ...base }], "InvalidRequest"],
    [[{ ...base, Expiration: { Days: 0 } }], "InvalidArgument"],
    [[{ ...base, Expiration: { Days: 1, Date: new Date(0) } }], "MalformedXML"],
    [[{ ...base, Expiration: { Date: new Date(1) } }], "InvalidArgument"],
    [
      [
        { ...base, ID: "x", Expiration: { Days: 1 } },
        { ...base, ID: "x", Expiration: { Days: 2 } },
      ],
      "InvalidArgument",
    ],
  ];
  for (const [given, code] of table) {
    await assert.rejects(
      call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules: given } }),
      refusedWith(code, 400),
      JSON.stringify(given),
    );
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { SetupError } from "../errors.ts";
import { bucketOwnershipSetting, bucketPublicAccessSetting } from "./bucket-access.ts";
import { bucketEncryptionSetting } from "./bucket-encryption.ts";
import { bucketLifecycleSetting } from "./bucket-lifecycle.ts";
import { bucketPolicySetting } from "./bucket-policy.ts";
import { bucketObjectLockSetting, bucketVersioningSetting } from "./bucket-versions.ts";
import { bucketSetting } from "./bucket.ts";
import { type OpenedSetting, sandboxAws, settingContract } from "./contract.fixture.ts";
import type { Place } from "./place.ts";
import type { SettingName } from "./values.ts";

const place: Place = { accountId: sandboxAccount, region: sandboxRegion, arn: "arn:aws:s3:::example-logs" };
const nowhere: Place = { ...place, arn: "arn:aws:s3:::nobody-has-this" };

type Opening<Name extends SettingName> = Omit<OpenedSetting<Name>, "sandbox" | "place" | "nowhere">;

/** A sandbox with a bucket, made bare of what new buckets come with. */
function openBucket<Name extends SettingName>(opening: Opening<Name>, { isVersioned = false } = {}) {
  return async (): Promise<OpenedSetting<Name>> => {
    const sandbox = await openSandbox();
    const aws = sandboxAws(sandbox);
    await bucketSetting.put(place, { before: undefined, after: { hasObjectLock: false } }, aws);
    const away = { before: undefined, after: undefined };
    for (const setting of [bucketPublicAccessSetting, bucketOwnershipSetting]) await setting.put(place, away, aws);
    if (isVersioned) await bucketVersioningSetting.put(place, { before: undefined, after: "Enabled" }, aws);
    return { sandbox, place, nowhere, ...opening };
  };
}

settingContract("bucket", {
  setting: bucketSetting,
  runsCommands: true,
  open: async () => ({ sandbox: await openSandbox(), place, nowhere, values: [{ hasObjectLock: true }] }),
});

const deny = { Sid: "Theirs", Effect: "Deny", Principal: "*", Action: "s3:*" };
const inTheClear = { Bool: { "aws:SecureTransport": "false" } };
const policyFor = (Resource: string) => ({
  Version: "2012-10-17",
  Statement: [{ ...deny, Resource, Condition: inTheClear }],
});

settingContract("bucket-policy", {
  setting: bucketPolicySetting,
  open: openBucket({ values: [policyFor(`${place.arn}/never/*`), policyFor(`${place.arn}/other/*`)] }),
});

const blocked = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };

settingContract("bucket-public-access", {
  setting: bucketPublicAccessSetting,
  open: openBucket({ values: [blocked, { ...blocked, ignorePublicAcls: false }] }),
});

settingContract("bucket-ownership", {
  setting: bucketOwnershipSetting,
  open: openBucket({ values: ["BucketOwnerPreferred", "BucketOwnerEnforced"] }),
});

const s3sOwnKeys = { algorithm: "AES256", keyArn: "" };
const customersKey = `arn:aws:kms:${sandboxRegion}:${sandboxAccount}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

settingContract("bucket-encryption", {
  setting: bucketEncryptionSetting,
  open: openBucket({
    untouched: s3sOwnKeys,
    values: [{ algorithm: "aws:kms", keyArn: customersKey }, { algorithm: "aws:kms", keyArn: "" }, s3sOwnKeys],
    takenAway: { reads: s3sOwnKeys },
  }),
});

settingContract("bucket-versioning", {
  setting: bucketVersioningSetting,
  open: openBucket({ values: ["Enabled", "Suspended", "Enabled"], takenAway: { reads: "Suspended" } }),
});

const expires = { ID: "old", Status: "Enabled", Filter: { Prefix: "AWSLogs/" }, Expiration: { Days: 400 } };
const moves = {
  ...{ ID: "cold", Status: "Enabled", Filter: { And: { Prefix: "a/", ObjectSizeGreaterThan: 5 } } },
  Transitions: [{ Date: "2030-01-01T00:00:00.000Z", StorageClass: "GLACIER" }],
  Expiration: { Date: "2031-01-01T00:00:00.000Z" },
};

settingContract("bucket-lifecycle", {
  setting: bucketLifecycleSetting,
  runsCommands: true,
  open: openBucket({ values: [[expires], [expires, moves]] }),
});

settingContract("bucket-object-lock", {
  setting: bucketObjectLockSetting,
  open: openBucket(
    {
      values: [
        { mode: "GOVERNANCE", days: 30 },
        { mode: "COMPLIANCE", days: 365 },
      ],
    },
    { isVersioned: true },
  ),
});

const every = [
  bucketSetting,
  bucketPolicySetting,
  bucketPublicAccessSetting,
  bucketOwnershipSetting,
  bucketEncryptionSetting,
  bucketVersioningSetting,
  bucketLifecycleSetting,
  bucketObjectLockSetting,
] as const;

async function makeBucket(sandbox: TestSandbox, hasObjectLock = false): Promise<void> {
  await bucketSetting.put(place, { before: undefined, after: { hasObjectLock } }, sandboxAws(sandbox));
}

test("a bucket of this name that is another account's is neither read nor changed, even where that one lets us", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await makeBucket(sandbox);
  const everybody = { Principal: { AWS: "444455556666" }, Action: "s3:*", Resource: place.arn };
  const open = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...everybody }] };
  await bucketPolicySetting.put(place, { before: undefined, after: open }, aws);
  const s3 = await sandbox.client("s3", { accountId: "444455556666" });
  await s3.call("HeadBucket", { Bucket: "example-logs" });

  const theirs = { ...place, accountId: "444455556666" };
  for (const setting of every) {
    await assert.rejects(setting.get(theirs, aws), { code: "AccessDenied" }, setting.name);
    const away = { before: undefined, after: undefined };
    await assert.rejects(setting.put(theirs, away, aws), { code: "AccessDenied" }, setting.name);
  }
});

test("what is taken from a bucket that is gone, went with it", async () => {
  await using sandbox = await openSandbox();
  const away = { before: undefined, after: undefined };
  for (const setting of every) await setting.put(nowhere, away, sandboxAws(sandbox));
  const put = bucketPolicySetting.put(nowhere, { before: undefined, after: policyFor("*") }, sandboxAws(sandbox));
  await assert.rejects(put, (error) => error instanceof AwsCallError && error.code === "NoSuchBucket");
});

test("a bucket in us-east-1 is made without saying where, and made again harms nothing", async () => {
  await using sandbox = await openSandbox();
  const east = { ...place, region: "us-east-1" };
  const change = { before: undefined, after: { hasObjectLock: false } };
  const aws = sandboxAws(sandbox);
  await bucketSetting.put(east, change, aws);
  await bucketPublicAccessSetting.put(east, { before: blocked, after: undefined }, aws);
  const s3 = await sandbox.client("s3", { region: "us-east-1" });
  const Bucket = "example-logs";
  await s3.call("PutBucketOwnershipControls", {
    Bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
  });
  await s3.call("PutBucketAcl", { Bucket, ACL: "authenticated-read" });
  const grants = (await s3.call("GetBucketAcl", { Bucket })).Grants;
  await bucketSetting.put(east, change, aws);
  assert.deepEqual((await s3.call("GetBucketAcl", { Bucket })).Grants, grants);
  assert.deepEqual(bucketSetting.commands(east, change), [
    "aws s3api create-bucket --bucket example-logs --region us-east-1",
  ]);
  assert.deepEqual(bucketSetting.commands(place, { before: undefined, after: { hasObjectLock: true } }), [
    `aws s3api create-bucket --bucket example-logs --create-bucket-configuration '{"LocationConstraint":"eu-central-1"}' --object-lock-enabled-for-bucket --region eu-central-1`,
  ]);
});

test("a bucket with log files in it is not deleted, and neither is one with versions of them", async () => {
  await using sandbox = await openSandbox();
  await makeBucket(sandbox);
  const s3 = await sandbox.client("s3");
  const [Bucket, Key] = ["example-logs", "AWSLogs/111122223333/CloudTrail/file.json.gz"];
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await s3.call("PutObject", { Bucket, Key, Body: "{}" });
  const remove = () =>
    bucketSetting.put(place, { before: { hasObjectLock: false }, after: undefined }, sandboxAws(sandbox));
  const isClear = (error: unknown) =>
    error instanceof SetupError && error.code === "bucket-not-empty" && error.message.includes(Bucket);
  await assert.rejects(remove(), isClear);
  await s3.call("DeleteObject", { Bucket, Key });
  await assert.rejects(remove(), isClear);
  assert.deepEqual(await bucketSetting.get(place, sandboxAws(sandbox)), { hasObjectLock: false });
});

test("object lock is switched on for a bucket that has versions, and is not switched off", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await makeBucket(sandbox);
  await bucketVersioningSetting.put(place, { before: undefined, after: "Enabled" }, aws);
  const on = { before: { hasObjectLock: false }, after: { hasObjectLock: true } };
  await bucketSetting.put(place, on, aws);
  assert.deepEqual(await bucketSetting.get(place, aws), { hasObjectLock: true });
  assert.equal(bucketSetting.commands(place, on).length, 1);
  const off = bucketSetting.put(place, { before: on.after, after: on.before }, aws);
  await assert.rejects(off, { code: "setting-stays" });
});

test("to take a retention from a bucket that has none does not switch object lock on", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await makeBucket(sandbox);
  await bucketVersioningSetting.put(place, { before: undefined, after: "Enabled" }, aws);
  await bucketObjectLockSetting.put(place, { before: undefined, after: undefined }, aws);
  assert.deepEqual(await bucketSetting.get(place, aws), { hasObjectLock: false });
});

test("a retention in years is read in days", async () => {
  await using sandbox = await openSandbox();
  await makeBucket(sandbox, true);
  const s3 = await sandbox.client("s3");
  await s3.call("PutObjectLockConfiguration", {
    Bucket: "example-logs",
    ObjectLockConfiguration: {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: "COMPLIANCE", Years: 7 } },
    },
  });
  const read = await bucketObjectLockSetting.get(place, sandboxAws(sandbox));
  assert.deepEqual(read, { mode: "COMPLIANCE", days: 2555 });
});

test("what else a bucket's encryption and lifecycle say stays as it was", async () => {
  await using sandbox = await openSandbox();
  const aws = sandboxAws(sandbox);
  await makeBucket(sandbox);
  const s3 = await sandbox.client("s3");
  const Bucket = "example-logs";
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: "alias/aws/s3" };
  await s3.call("PutBucketEncryption", {
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }] },
  });
  const before = await bucketEncryptionSetting.get(place, aws);
  assert.deepEqual(before, { algorithm: "aws:kms", keyArn: "" });
  await bucketEncryptionSetting.put(place, { before, after: { algorithm: "aws:kms", keyArn: customersKey } }, aws);
  const { ServerSideEncryptionConfiguration: now } = await s3.call("GetBucketEncryption", { Bucket });
  assert.equal(now?.Rules?.[0]?.BucketKeyEnabled, true);

  const Rules = [{ ...expires, Status: "Enabled" as const }];
  const TransitionDefaultMinimumObjectSize = "varies_by_storage_class";
  await s3.call("PutBucketLifecycleConfiguration", {
    ...{ Bucket, TransitionDefaultMinimumObjectSize },
    LifecycleConfiguration: { Rules },
  });
  await bucketLifecycleSetting.put(place, { before: Rules, after: [...Rules, moves] }, aws);
  const lifecycle = await s3.call("GetBucketLifecycleConfiguration", { Bucket });
  assert.equal(lifecycle.TransitionDefaultMinimumObjectSize, TransitionDefaultMinimumObjectSize);
  await bucketLifecycleSetting.put(place, { before: [...Rules, moves], after: [] }, aws);
  assert.equal(await bucketLifecycleSetting.get(place, aws), undefined);
});

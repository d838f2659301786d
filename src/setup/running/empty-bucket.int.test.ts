import assert from "node:assert/strict";
import { test } from "node:test";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import type { Place } from "../settings/place.ts";
import { emptyBucket, runCalls } from "./empty-bucket.ts";

const Bucket = "example-logs";
const place: Place = { accountId: sandboxAccount, region: sandboxRegion, arn: `arn:aws:s3:::${Bucket}` };
const { signal } = new AbortController();

async function makeBucket(sandbox: TestSandbox, keys: readonly string[]) {
  const s3 = await sandbox.client("s3");
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: sandboxRegion } });
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  for (let from = 0; from < keys.length; from += 50) {
    await Promise.all(keys.slice(from, from + 50).map((Key) => s3.call("PutObject", { Bucket, Key, Body: "x" })));
  }
  return s3;
}

async function versionsIn(sandbox: TestSandbox): Promise<readonly (string | undefined)[]> {
  const s3 = await sandbox.client("s3");
  const { Versions = [], DeleteMarkers = [] } = await s3.call("ListObjectVersions", { Bucket });
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key);
}

test("all versions and delete markers of log files go, page by page, with just the permissions that are named", async () => {
  await using sandbox = await openSandbox();
  const keys = Array.from({ length: 1_050 }, (_, number) => `of/us/AWSLogs/111122223333/${number}.json.gz`);
  const s3 = await makeBucket(sandbox, [...keys, ...keys.slice(0, 3)]);
  for (const Key of keys.slice(0, 5)) await s3.call("DeleteObject", { Bucket, Key });
  const iam = await sandbox.client("iam");
  const UserName = "narrow";
  await iam.call("CreateUser", { UserName });
  const Statement = { Effect: "Allow", Action: runCalls.map(({ action }) => action), Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.call("PutUserPolicy", { UserName, PolicyName: "just-these", PolicyDocument });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName });
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  const aws = sandboxAws(sandbox, { accessKeyId, secretAccessKey });
  assert.deepEqual(await emptyBucket(place, "of/us", { aws, signal }), { kind: "emptied", versions: 1_058 });
  assert.deepEqual(await versionsIn(sandbox), []);
  assert.deepEqual(await emptyBucket(place, "of/us", { aws, signal }), { kind: "emptied", versions: 0 });
});

const foreign = [
  ["", "notes.txt"],
  ["", "AWSLogs"],
  ["", "AWSLogs2/1.json.gz"],
  ["", "of/AWSLogs/1.json.gz"],
  ["of", "AWSLogs/1.json.gz"],
  ["of", "of/"],
  ["of", "of/zzz/1"],
  ["of/us", "of/ur/AWSLogs/1"],
] as const;

for (const [prefix, key] of foreign) {
  test(`nothing is deleted where ${key} lies beside the log files of the prefix "${prefix}"`, async () => {
    await using sandbox = await openSandbox();
    const aws = sandboxAws(sandbox);
    const own = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/111122223333/1.json.gz`;
    const s3 = await makeBucket(sandbox, [own, key]);
    // A foreign key that is only a delete marker now is somebody's too.
    await s3.call("DeleteObject", { Bucket, Key: key });
    const emptied = await emptyBucket(place, prefix, { aws, signal });
    assert.equal(emptied.kind, "foreign");
    assert.ok(key.startsWith(emptied.key));
    assert.equal((await versionsIn(sandbox)).length, 3);
  });
}

test("what object lock keeps is said, and another account's bucket of the name is not touched", async () => {
  await using sandbox = await openSandbox();
  const s3 = await sandbox.client("s3");
  await s3.call("CreateBucket", {
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: sandboxRegion },
    ObjectLockEnabledForBucket: true,
  });
  const ObjectLockRetainUntilDate = new Date(sandbox.sandbox.clock.now() + 86_400_000);
  const lock = { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate } as const;
  await s3.call("PutObject", { Bucket, Key: "AWSLogs/1", Body: "x", ...lock });
  const aws = sandboxAws(sandbox);
  assert.deepEqual(await emptyBucket(place, "", { aws, signal }), {
    kind: "kept",
    key: "AWSLogs/1",
    code: "AccessDenied",
  });
  const elsewhere = { ...place, accountId: "777788889999" };
  await assert.rejects(emptyBucket(elsewhere, "", { aws, signal }), { code: "AccessDenied" });
  assert.deepEqual(await emptyBucket(place, "", { aws, signal: AbortSignal.abort() }), { kind: "ended" });
});

test("where deleting is not allowed, that is said as of any call, and nothing counts as kept", async () => {
  await using sandbox = await openSandbox();
  await makeBucket(sandbox, ["AWSLogs/1"]);
  const iam = await sandbox.client("iam");
  await iam.call("PutUserPolicy", {
    UserName: "admin",
    PolicyName: "but",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Deny", Action: "s3:DeleteObjectVersion", Resource: "*" },
    }),
  });
  await assert.rejects(emptyBucket(place, "", { aws: sandboxAws(sandbox), signal }), {
    code: "AccessDenied",
    message: /not authorized to perform: s3:DeleteObjectVersion/,
  });
});

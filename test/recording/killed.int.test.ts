import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { driveCalls } from "../../bench/harness/drive-calls.ts";
import { type CallTarget, prepareCall } from "../../bench/harness/prepare-calls.ts";
import { type SandboxProcess, startSandboxProcess } from "../../bench/harness/sandbox-process.ts";
import { type AwsClient, clientFor, type ServiceName } from "../../src/aws/index.ts";
import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";
import { trailBucketPolicy } from "./open-recording.fixture.ts";

const accountId = "111122223333";
const region = "eu-central-1";
const Bucket = "example-killed-logs";

/** Moments after the first call, in seconds; chosen once by chance. */
const lives = [1.31, 0.42, 2.05, 0.11, 0.87, 1.6];

test("of a sandbox that is killed again and again while calls come, every call that was answered is recorded once", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-recording-killed-"));
  const answered: string[] = [];
  let port = 0;
  try {
    for (const [life, seconds] of lives.entries()) {
      await using sandbox = await startSandboxProcess({ folder, port, accountIds: [accountId] });
      port = sandbox.port;
      const target = targetOf(sandbox);
      if (life === 0) await makeTrail(target);
      const requests = await prepareAll(target);
      const onAnswer = (status: number, requestId: string) => {
        assert.ok(status < 500 && requestId !== "", `${status} ${requestId}`);
        answered.push(requestId);
      };
      const killing = setTimeout(() => void sandbox.kill(), seconds * 1000);
      const driven = await driveCalls({ port, requests, lanes: 12, seconds: 10, onAnswer });
      clearTimeout(killing);
      assert.equal(driven.broken, 12);
      assert.deepEqual(sandbox.faults, []);
    }
    await using sandbox = await startSandboxProcess({ folder, port, accountIds: [accountId] });
    await sandbox.deliver();
    const target = targetOf(sandbox);
    const records = await deliveredRecords(target);
    const counts = new Map<string, number>();
    for (const { requestID = "" } of records) counts.set(requestID, (counts.get(requestID) ?? 0) + 1);
    assert.ok(answered.length > 300 * lives.length, `${answered.length} calls were answered`);
    assert.equal(answered.filter((id) => !counts.has(id)).length, 0, "calls that are in no log file");
    assert.equal(answered.filter((id) => (counts.get(id) ?? 0) > 1).length, 0, "calls that are there twice");
    assert.equal(new Set(records.map(({ eventID }) => eventID)).size, records.length);
    t.diagnostic(`${answered.length} calls answered, ${records.length} records, ${lives.length} kills`);
    await checkHistory(target, answered, records);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function targetOf({ url, credentials: [credentials] }: SandboxProcess): CallTarget {
  assert.ok(credentials);
  return { url, region, credentials };
}

function client<S extends ServiceName>(service: S, { url, credentials }: CallTarget): Promise<AwsClient<S>> {
  return clientFor(service, { endpoint: url, region, credentials });
}

async function makeTrail(target: CallTarget): Promise<void> {
  await using s3 = await client("s3", target);
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: region } });
  await s3.call("PutBucketPolicy", { Bucket, Policy: trailBucketPolicy(Bucket) });
  const data = { Bucket: "example-killed-data", CreateBucketConfiguration: { LocationConstraint: region } } as const;
  await s3.call("CreateBucket", data);
  await using cloudtrail = await client("cloudtrail", target);
  await cloudtrail.call("CreateTrail", { Name: "all", S3BucketName: Bucket, IsMultiRegionTrail: true });
  await cloudtrail.call("PutEventSelectors", {
    TrailName: "all",
    EventSelectors: [
      {
        ReadWriteType: "All",
        IncludeManagementEvents: true,
        DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::example-killed-data/"] }],
      },
    ],
  });
  await cloudtrail.call("StartLogging", { Name: "all" });
}

/** Reads and writes of five services, some refused. */
function prepareAll(target: CallTarget): Promise<readonly Buffer[]> {
  return Promise.all([
    prepareCall(target, "sts", "GetCallerIdentity", {}),
    prepareCall(target, "s3", "PutObject", { Bucket: "example-killed-data", Key: "a", Body: "an object" }),
    prepareCall(target, "iam", "CreateUser", { UserName: "mary" }),
    prepareCall(target, "ec2", "DescribeVpcs", {}),
    prepareCall(target, "iam", "DeleteUser", { UserName: "mary" }),
    prepareCall(target, "iam", "ListUsers", {}),
    prepareCall(target, "cloudtrail", "GetTrailStatus", { Name: "all" }),
  ]);
}

async function deliveredRecords(target: CallTarget): Promise<readonly CloudTrailRecord[]> {
  await using s3 = await client("s3", target);
  const records: CloudTrailRecord[] = [];
  for (let token: string | undefined, isDone = false; !isDone;) {
    const page = await s3.call("ListObjectsV2", { Bucket, ContinuationToken: token });
    for (const { Key = "" } of page.Contents ?? []) {
      if (!Key.includes("/CloudTrail/")) continue;
      const { Body } = await s3.call("GetObject", { Bucket, Key });
      assert.ok(Body);
      const text = gunzipSync(await Body.transformToByteArray()).toString("utf8");
      records.push(...(JSON.parse(text) as { readonly Records: readonly CloudTrailRecord[] }).Records);
    }
    token = page.NextContinuationToken;
    isDone = token === undefined;
  }
  return records;
}

/** The event history has them too: of a sample, each under its own id. */
async function checkHistory(
  target: CallTarget,
  answered: readonly string[],
  records: readonly CloudTrailRecord[],
): Promise<void> {
  const wanted = new Set(answered);
  const management = records.filter(({ eventCategory, requestID = "" }) => {
    return eventCategory === "Management" && wanted.has(requestID);
  });
  const step = Math.ceil(management.length / 40);
  for (const [place, record] of management.entries()) {
    if (place % step !== 0) continue;
    await using cloudtrail = await clientFor("cloudtrail", {
      endpoint: target.url,
      region: record.awsRegion ?? region,
      credentials: target.credentials,
    });
    const { Events = [] } = await cloudtrail.call("LookupEvents", {
      LookupAttributes: [{ AttributeKey: "EventId", AttributeValue: record.eventID ?? "" }],
    });
    assert.deepEqual(
      Events.map(({ CloudTrailEvent = "{}" }) => (JSON.parse(CloudTrailEvent) as CloudTrailRecord).requestID),
      [record.requestID],
    );
  }
}

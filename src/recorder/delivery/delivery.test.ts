import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { SteppedClock } from "../../base/clock.ts";
import { parseObjectKey } from "../../cloudtrail/index.ts";
import { accountId, bucket, logFiles, openMadeUpDelivery, region, start, trail } from "./made-up-delivery.fixture.ts";
import { MadeUpOutlets } from "./made-up-outlets.fixture.ts";

const minute = 60_000;
const topicArn = `arn:aws:sns:${region}:${accountId}:notices`;
const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:trail:*`;
const logRoleArn = `arn:aws:iam::${accountId}:role/logs`;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-delivery-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("records arrive about every five minutes in a log file under AWS's key, gzipped, with a notice after it", async () => {
  // User Guide: "Finding your CloudTrail log files", "CloudTrail log file examples", "Configuring Amazon SNS notifications"
  const trails = [{ ...trail, keyPrefix: "audit", topicArn, validatesLogFiles: false }];
  await using made = await openMadeUpDelivery({ folder, trails });
  const ids = [await made.record(), await made.record()];
  made.clock.advance(5 * minute);
  await made.delivery.deliverNow();
  const [[key = "", events] = []] = logFiles(made.outlets);
  assert.deepEqual(events, ids);
  assert.match(
    key,
    /^audit-logs\/audit\/AWSLogs\/111122223333\/CloudTrail\/eu-west-1\/2026\/03\/01\/111122223333_CloudTrail_eu-west-1_20260301T1005Z_[A-Za-z0-9]{16}\.json\.gz$/,
  );
  assert.ok(parseObjectKey(key).ok);
  const object = made.outlets.objects.get(key);
  assert.equal(object?.contentType, "application/json");
  assert.equal(object.contentEncoding, "gzip");
  assert.deepEqual(made.outlets.notices, [
    { topicArn, message: JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [object.key] }) },
  ]);
  const { latestDeliveryAt, latestDeliveryError, latestNotificationAt } = made.trails.status(trail.arn, region);
  assert.deepEqual(
    [latestDeliveryAt, latestDeliveryError, latestNotificationAt],
    [made.clock.now(), undefined, made.clock.now()],
  );
  assert.deepEqual(made.failures, []);
});

test("the clock alone has records delivered, without anybody asking", async () => {
  await using made = await openMadeUpDelivery({ folder });
  const arrived = Promise.withResolvers<void>();
  made.outlets.beforePut = () => arrived.resolve();
  await made.record();
  made.clock.advance(5 * minute);
  await arrived.promise;
});

test("each account and region has a file of its own, and a trail of one region takes nothing from elsewhere", async () => {
  const everywhere = { ...trail, name: "all", arn: trail.arn.replace("everything", "all"), isMultiRegion: true };
  await using made = await openMadeUpDelivery({ folder, trails: [trail, { ...everywhere, bucket: "other" }] });
  const here = await made.record();
  const there = await made.record({ awsRegion: "us-east-1" });
  await made.record({ recipientAccountId: "444455556666" });
  await made.delivery.deliverNow();
  const found = [...logFiles(made.outlets)].map(([key, ids]) => [key.split("/").slice(0, 5).join("/"), ids]);
  assert.deepEqual(found.sort(), [
    ["audit-logs/AWSLogs/111122223333/CloudTrail/eu-west-1", [here]],
    ["other/AWSLogs/111122223333/CloudTrail/eu-west-1", [here]],
    ["other/AWSLogs/111122223333/CloudTrail/us-east-1", [there]],
  ]);
});

test("an organization's trail takes its members' records, under the organization and each member", async () => {
  // User Guide, "Finding your CloudTrail log files"
  const outlets = new MadeUpOutlets();
  const member = "444455556666";
  outlets.organization = {
    id: "o-exampleorgid",
    managementAccountId: accountId,
    memberIds: [accountId, member],
    hasAllFeatures: true,
    trusts: ["cloudtrail.amazonaws.com"],
    delegatedAdministrators: {},
  };
  const trails = [{ ...trail, organizationId: "o-exampleorgid" }];
  await using made = await openMadeUpDelivery({ folder, outlets, trails });
  await made.record({ recipientAccountId: member });
  await made.record({ recipientAccountId: "777788889999" });
  await made.delivery.deliverNow();
  const keys = [...logFiles(outlets).keys()];
  assert.equal(keys.length, 1);
  assert.match(keys[0] ?? "", /^audit-logs\/AWSLogs\/o-exampleorgid\/444455556666\/CloudTrail\/eu-west-1\//);
});

test("a file that grows over its limit becomes two", async () => {
  await using made = await openMadeUpDelivery({ folder, settings: { logFileBytesMax: 700 } });
  const ids = [await made.record(), await made.record(), await made.record()];
  await made.delivery.deliverNow();
  const files = [...logFiles(made.outlets).values()];
  assert.equal(files.length, 2);
  assert.deepEqual(files.flat(), ids);
});

test("a trail records until it is stopped, the call that stops it is its last, and what it had begun arrives", async () => {
  await using made = await openMadeUpDelivery({ folder });
  const first = await made.record();
  made.clock.advance(1000);
  const at = made.clock.now();
  made.trails.put("stopped", { ...trail, isLogging: false, stoppedAt: at }, at);
  made.clock.advance(20);
  const requestParameters = { name: trail.name };
  const stop = await made.record({
    eventSource: "cloudtrail.amazonaws.com",
    eventName: "StopLogging",
    requestParameters,
  });
  made.clock.advance(10);
  await made.record();
  await made.delivery.deliverNow();
  assert.deepEqual([...logFiles(made.outlets).values()].flat(), [first, stop]);
});

test("what a trail recorded before it was deleted still arrives", async () => {
  await using made = await openMadeUpDelivery({ folder });
  const first = await made.record();
  made.clock.advance(1000);
  made.trails.delete(trail, made.clock.now());
  await made.record();
  await made.delivery.deliverNow();
  assert.deepEqual([...logFiles(made.outlets).values()].flat(), [first]);
});

test("records made between a stop and a start are not the trail's, those before and after are", async () => {
  await using made = await openMadeUpDelivery({ folder });
  const before = await made.record();
  made.clock.advance(60_000);
  const stopped = { ...trail, isLogging: false, stoppedAt: made.clock.now() };
  made.trails.put("stopped", stopped, made.clock.now());
  made.clock.advance(60_000);
  await made.record();
  made.clock.advance(60_000);
  made.trails.put("started", { ...stopped, isLogging: true, startedAt: made.clock.now() }, made.clock.now());
  const after = await made.record();
  await made.delivery.deliverNow();
  assert.deepEqual([...logFiles(made.outlets).values()].flat(), [before, after]);
});

for (const code of ["AccessDenied", "NoSuchBucket", "KMS.DisabledException"]) {
  test(`a bucket that answers ${code} is in the trail's status, is tried again, and takes everything once it is whole`, async () => {
    // API Reference, GetTrailStatus: LatestDeliveryError
    await using made = await openMadeUpDelivery({ folder, trails: [{ ...trail, topicArn }] });
    made.outlets.refusals.set(bucket, code);
    const first = await made.record();
    made.clock.advance(5 * minute);
    await made.delivery.deliverNow();
    const failed = made.clock.now();
    assert.equal(made.trails.status(trail.arn, region).latestDeliveryError, code);
    assert.equal(made.trails.status(trail.arn, region).latestDeliveryAttemptAt, failed);
    assert.equal(made.trails.status(trail.arn, region).latestDeliveryAt, undefined);
    assert.deepEqual(made.outlets.notices, []);
    made.clock.advance(20 * minute);
    const second = await made.record();
    made.outlets.refusals.clear();
    await made.delivery.deliverNow();
    assert.deepEqual([...logFiles(made.outlets).values()].flat(), [first, second]);
    assert.equal(made.trails.status(trail.arn, region).latestDeliveryError, undefined);
    assert.equal(made.outlets.notices.length, 2);
  });
}

test("a timeout sets no error, only the attempt", async () => {
  // API Reference, GetTrailStatus: "not set for timeouts"
  await using made = await openMadeUpDelivery({ folder });
  made.outlets.refusals.set(bucket, "timeout");
  await made.record();
  await made.delivery.deliverNow();
  const { latestDeliveryError, latestDeliveryAttemptAt } = made.trails.status(trail.arn, region);
  assert.deepEqual([latestDeliveryError, latestDeliveryAttemptAt], [undefined, start]);
});

test("a broken bucket is tried for thirty days, then what waits is dropped and counted", async () => {
  // User Guide, "How CloudTrail works"
  await using made = await openMadeUpDelivery({ folder, trails: [{ ...trail, validatesLogFiles: false }] });
  made.outlets.refusals.set(bucket, "NoSuchBucket");
  await made.record();
  await made.delivery.deliverNow();
  made.clock.advance(29 * 24 * 60 * minute);
  await made.delivery.deliverNow();
  assert.equal(made.delivery.figures().waiting, 1);
  made.clock.advance(24 * 60 * minute);
  await made.delivery.deliverNow();
  const { waiting, dropped } = made.delivery.figures();
  assert.equal(waiting, 0);
  assert.deepEqual(
    dropped.map(({ kind, count, latestReason }) => [kind, count, latestReason]),
    [["log-file", 1, "NoSuchBucket"]],
  );
});

test("a trail whose bucket does not answer holds up no other", async () => {
  const slow = { ...trail, name: "slow", arn: trail.arn.replace("everything", "aslow"), bucket: "slow" };
  const release = Promise.withResolvers<void>();
  await using made = await openMadeUpDelivery({ folder, trails: [slow, trail] });
  const arrived = Promise.withResolvers<void>();
  made.outlets.beforePut = (object) => (object.bucket === "slow" ? release.promise : arrived.resolve());
  await made.record();
  const all = made.delivery.deliverNow();
  await arrived.promise;
  release.resolve();
  await all;
  assert.equal(logFiles(made.outlets).size, 2);
});

test("the topic's trouble is the notification's alone", async () => {
  // API Reference, GetTrailStatus: LatestNotificationError
  await using made = await openMadeUpDelivery({ folder, trails: [{ ...trail, topicArn }] });
  made.outlets.refusals.set(topicArn, "AuthorizationError");
  await made.record();
  await made.delivery.deliverNow();
  const status = made.trails.status(trail.arn, region);
  assert.deepEqual([status.latestNotificationError, status.latestDeliveryError], ["AuthorizationError", undefined]);
  made.outlets.refusals.clear();
  await made.delivery.deliverNow();
  assert.equal(made.trails.status(trail.arn, region).latestNotificationError, undefined);
  assert.equal(made.outlets.notices.length, 1);
});

test("a log group gets one record a message, in the trail's stream, and none of more than 256 KB", async () => {
  // User Guide, "Sending events to CloudWatch Logs" and "Quotas in AWS CloudTrail"
  await using made = await openMadeUpDelivery({ folder, trails: [{ ...trail, logGroupArn, logRoleArn }] });
  made.outlets.refusals.set(logGroupArn, "AccessDeniedException");
  const id = await made.record();
  await made.record({ errorMessage: "x".repeat(257 * 1024) });
  await made.delivery.deliverNow();
  assert.equal(made.trails.status(trail.arn, region).latestCloudWatchLogsDeliveryError, "AccessDeniedException");
  assert.equal(logFiles(made.outlets).size, 1);
  made.outlets.refusals.clear();
  await made.delivery.deliverNow();
  assert.deepEqual(
    made.outlets.logEvents.map(({ stream, text }) => [stream, (JSON.parse(text) as { eventID: string }).eventID]),
    [[`${accountId}_CloudTrail_${region}`, id]],
  );
});

test("records go to the bus at once where a trail logs, reads marked as reads, data events only when a trail wants them", async () => {
  // EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"
  await using made = await openMadeUpDelivery({ folder });
  await made.record();
  await made.record({ readOnly: true });
  await made.record({ eventCategory: "Data", managementEvent: false });
  await made.record({ awsRegion: "us-east-1" });
  await made.record({ eventSource: "signin.amazonaws.com", eventType: "AwsConsoleSignIn" });
  await made.delivery.deliverNow();
  assert.deepEqual(
    made.outlets.busEvents.map((event) => [event.detailType, event.source, event.region, event.isReadOnlyManagement]),
    [
      ["AWS API Call via CloudTrail", "aws.iam", region, false],
      ["AWS API Call via CloudTrail", "aws.iam", region, true],
      ["AWS Console Signin via CloudTrail", "aws.signin", region, false],
    ],
  );
});

test("a delivery that is opened again goes on where it was: nothing is lost, and a file keeps its name", async () => {
  const outlets = new MadeUpOutlets();
  const clock = new SteppedClock(start);
  const options = { folder, statePath: join(folder, "state.sqlite"), outlets, clock };
  let first = "";
  {
    await using made = await openMadeUpDelivery(options);
    outlets.refusals.set(bucket, "SlowDown");
    first = await made.record();
    await made.delivery.deliverNow();
  }
  outlets.refusals.clear();
  await using made = await openMadeUpDelivery(options);
  const second = await made.record();
  await made.delivery.deliverNow();
  assert.deepEqual([...logFiles(outlets).values()].flat(), [first, second]);
  assert.equal(new Set(outlets.puts).size, outlets.puts.length);
  assert.deepEqual(await readdir(join(folder, "outbox")), []);
});

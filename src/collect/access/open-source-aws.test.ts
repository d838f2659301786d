import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { systemClock } from "../../base/clock.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { AccessSettings } from "./access-settings.ts";
import { openSourceAws } from "./open-source-aws.ts";
import { makeRole, makeUser } from "./people.fixture.ts";

const bucketAccount = "444455556666";
const user = `arn:aws:iam::${sandboxAccount}:user/collector`;
let place: TestSandbox;
let secrets: Record<string, string>;
let [queueUrl, queueRole, bucketRole] = ["", "", ""];

before(async () => {
  place = await openSandbox();
  const keys = await makeUser(place, "collector", [{ action: "sts:AssumeRole", resource: "*" }]);
  secrets = { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey };
  const sqs = await place.client("sqs");
  queueUrl = (await sqs.call("CreateQueue", { QueueName: "files" })).QueueUrl ?? "";
  const s3 = await place.client("s3", { accountId: bucketAccount });
  const CreateBucketConfiguration = { LocationConstraint: sandboxRegion as "eu-central-1" };
  await s3.call("CreateBucket", { Bucket: "example-logs", CreateBucketConfiguration });
  await s3.call("PutObject", { Bucket: "example-logs", Key: "1.json", Body: "{}" });
  queueRole = await makeRole(place, "queue", {
    trusts: user,
    externalId: "example-queue",
    may: [{ action: "sqs:*", resource: "*" }],
  });
  bucketRole = await makeRole(place, "bucket", {
    trusts: user,
    externalId: "example-bucket",
    may: [{ action: "s3:*", resource: "*" }],
    accountId: bucketAccount,
  });
});
after(() => place[Symbol.asyncDispose]());

function open(settings: Partial<AccessSettings>) {
  const all = { region: sandboxRegion, endpoint: place.sandbox.url, ...settings };
  return openSourceAws(all, secrets, { clock: systemClock, customUserAgent: "trailwarden/test" });
}

const roles = () => ({
  roleArn: queueRole,
  externalId: "example-queue",
  bucketRoleArn: bucketRole,
  bucketExternalId: "example-bucket",
});

test("the queue is read in one role, the bucket in another of another account", async () => {
  await using aws = open(roles());
  const sqs = await aws.client("sqs");
  await sqs.call("ReceiveMessage", { QueueUrl: queueUrl });
  const { body } = await aws.objects().get({ bucket: "example-logs", key: "1.json" }, { heldBytesMax: 100 });
  assert.equal(String(body), "{}");
  const s3 = await aws.client("s3");
  assert.equal((await s3.call("ListObjectsV2", { Bucket: "example-logs" })).KeyCount, 1);
});

test("without a role for the bucket, the one of the queue is used", async () => {
  await using aws = open({ roleArn: queueRole, externalId: "example-queue" });
  await assert.rejects(
    aws.objects().get({ bucket: "example-logs", key: "1.json" }, { heldBytesMax: 100 }),
    (error) => error instanceof AwsCallError && error.code === "AccessDenied",
  );
});

test("the same service and region is the same client, and another region another", async () => {
  await using aws = open({});
  assert.equal(await aws.client("sts"), await aws.client("sts", sandboxRegion));
  assert.notEqual(await aws.client("sts"), await aws.client("sts", "us-east-1"));
  assert.equal(aws.objects(), aws.objects());
});

test("a source that does not speak to AWS is refused when it does", async () => {
  await using aws = openSourceAws(undefined, {}, { clock: systemClock, customUserAgent: "trailwarden/test" });
  await assert.rejects(aws.client("sts"), /does not speak to AWS/);
  assert.throws(() => aws.objects(), /does not speak to AWS/);
});

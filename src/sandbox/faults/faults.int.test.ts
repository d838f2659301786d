import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { AwsCallError, clientFor, type ServiceName } from "../../aws/index.ts";
import { madeUpAccounts } from "../made-up-events/accounts.ts";
import { startSandbox } from "../start-sandbox.ts";

const account = "111122223333";
const region = "eu-central-1";
const topic = `arn:aws:sns:${region}:${account}:notices`;
const queue = `arn:aws:sqs:${region}:${account}:notices`;

test("what faults remove in a running sandbox is gone, and stands there again when they are cleared", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-faults-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await using sandbox = await startSandbox({
    folder,
    port: 0,
    seed: "faults",
    accounts: madeUpAccounts,
    regions: [region],
    token: "secret",
    onFault: (error) => assert.fail(String(error)),
  });
  const credentials = sandbox.administrator(account);
  const open = async <S extends ServiceName>(service: S) => {
    const client = await clientFor(service, { endpoint: sandbox.url, region, credentials, maxAttempts: 1 });
    t.after(() => client.close());
    return client;
  };
  const [s3, sns, sqs, kms] = [await open("s3"), await open("sns"), await open("sqs"), await open("kms")];
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::example-faults/*",
      },
    ],
  });
  await s3.call("CreateBucket", {
    Bucket: "example-faults",
    CreateBucketConfiguration: { LocationConstraint: region },
  });
  await s3.call("PutBucketPolicy", { Bucket: "example-faults", Policy });
  await s3.call("PutObject", { Bucket: "example-faults", Key: "a", Body: "a" });
  await sns.call("CreateTopic", { Name: "notices" });
  await sqs.call("CreateQueue", { QueueName: "notices" });
  await sns.call("Subscribe", { TopicArn: topic, Protocol: "sqs", Endpoint: queue });
  const key = (await kms.call("CreateKey", {})).KeyMetadata?.Arn ?? "";

  const subscriptions = async () =>
    (await sns.call("ListSubscriptionsByTopic", { TopicArn: topic })).Subscriptions?.length;
  const bucket = { account, region, bucket: "example-faults" };
  const cases: readonly (readonly [
    fault: string,
    parameters: object,
    look: () => Promise<unknown>,
    gone: string | number,
  ])[] = [
    [
      "removed-bucket-policy",
      bucket,
      () => s3.call("GetBucketPolicy", { Bucket: "example-faults" }),
      "NoSuchBucketPolicy",
    ],
    ["removed-bucket", bucket, () => s3.call("GetBucketPolicy", { Bucket: "example-faults" }), "NoSuchBucket"],
    ["removed-subscription", { topic }, subscriptions, 0],
    ["removed-topic", { topic }, () => sns.call("GetTopicAttributes", { TopicArn: topic }), "NotFound"],
    [
      "removed-queue",
      { queue },
      () => sqs.call("GetQueueUrl", { QueueName: "notices" }),
      "AWS.SimpleQueueService.NonExistentQueue",
    ],
    [
      "disabled-key",
      { key },
      () => kms.call("GenerateDataKey", { KeyId: key, KeySpec: "AES_256" }),
      "DisabledException",
    ],
    [
      "disabled-key",
      { key, how: "scheduled-for-deletion" },
      () => kms.call("GenerateDataKey", { KeyId: key, KeySpec: "AES_256" }),
      "KMSInvalidStateException",
    ],
    ["throttling", { share: 1, operations: ["kms:ListKeys"] }, () => kms.call("ListKeys", {}), "ThrottlingException"],
    ["internal-errors", { share: 1, operations: ["s3:*"] }, () => s3.call("ListBuckets", {}), "InternalError"],
  ];
  for (const [fault, parameters, look, gone] of cases) {
    const before = await look();
    const put = await fetch(`${sandbox.url}/_trailwarden/faults`, {
      method: "POST",
      headers: { authorization: "Bearer secret" },
      body: JSON.stringify({ name: fault, parameters }),
    });
    const { id, message } = (await put.json()) as { readonly id: string; readonly message?: string };
    assert.equal(put.status, 201, `${fault}: ${message}`);
    const found = await look().catch((error: unknown) => (error instanceof AwsCallError ? error.code : error));
    assert.equal(found, gone, fault);
    // SQS keeps a deleted queue's name for a minute (API Reference, CreateQueue, QueueDeletedRecently).
    sandbox.clock.advance(61_000);
    await sandbox.faults.clear(id);
    const after = await look();
    assert.equal(typeof after, typeof before, fault);
    if (typeof before === "number") assert.equal(after, before);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { testCall, testCaller } from "../call.fixture.ts";
import { refusal, testSqs } from "./sqs.fixture.ts";

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }],
});

test("attributes nobody set have AWS's defaults, and those that were set stay as written", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("plain", { Policy: policy, VisibilityTimeout: "45" });
  const { Attributes: all = {} } = await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
  assert.deepEqual(all, {
    QueueArn: "arn:aws:sqs:us-east-1:111122223333:plain",
    CreatedTimestamp: "1795176000",
    LastModifiedTimestamp: "1795176000",
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "0",
    ApproximateNumberOfMessagesDelayed: "0",
    DelaySeconds: "0",
    MaximumMessageSize: "1048576",
    MessageRetentionPeriod: "345600",
    ReceiveMessageWaitTimeSeconds: "0",
    VisibilityTimeout: "45",
    SqsManagedSseEnabled: "true",
    Policy: policy,
  });
});

for (const [name, value, code] of [
  ["DelaySeconds", "901", "InvalidAttributeValue"],
  ["VisibilityTimeout", "-1", "InvalidAttributeValue"],
  ["MessageRetentionPeriod", "59", "InvalidAttributeValue"],
  ["MaximumMessageSize", "1048577", "InvalidAttributeValue"],
  ["Policy", "{bad", "InvalidAttributeValue"],
  ["Policy", '{"Statement":[{"Effect":"Maybe"}]}', "InvalidAttributeValue"],
  ["RedrivePolicy", '{"deadLetterTargetArn":"x","maxReceiveCount":1}', "InvalidAttributeValue"],
  [
    "RedrivePolicy",
    '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:no","maxReceiveCount":1}',
    "InvalidParameterValue",
  ],
  ["RedriveAllowPolicy", '{"redrivePermission":"byQueue"}', "InvalidAttributeValue"],
  ["ContentBasedDeduplication", "true", "InvalidAttributeName"],
  ["Colour", "blue", "InvalidAttributeName"],
] as const) {
  test(`the attribute ${name} is not set to ${value} (SQS API Reference, SetQueueAttributes)`, async () => {
    const { ask, queue } = testSqs();
    const QueueUrl = await queue("strict");
    await assert.rejects(ask("SetQueueAttributes", { QueueUrl, Attributes: { [name]: value } }), refusal(code));
  });
}

test("a queue of the same name and attributes is the same queue; one with others is refused", async () => {
  const { ask, queue } = testSqs();
  const url = await queue("same", { DelaySeconds: "1" });
  assert.equal(await queue("same", { DelaySeconds: "1" }), url);
  assert.equal(await queue("same"), url);
  // SQS API Reference, CreateQueue: QueueNameExists.
  await assert.rejects(queue("same", { DelaySeconds: "2" }), refusal("QueueNameExists"));
  await ask("DeleteQueue", { QueueUrl: url });
  await assert.rejects(queue("same"), refusal("QueueDeletedRecently"));
  await assert.rejects(ask("SendMessage", { QueueUrl: url, MessageBody: "x" }), refusal("QueueDoesNotExist"));
});

test("the same name in another account or region is another queue", async () => {
  const { ask } = testSqs();
  const input = { QueueName: "shared" };
  await ask("CreateQueue", input);
  await ask("CreateQueue", input, { region: "eu-west-1" });
  const { QueueUrl } = await ask("CreateQueue", input, {
    caller: testCaller({ accountId: "444455556666" }),
    accountId: "444455556666",
  });
  assert.equal(QueueUrl, "http://127.0.0.1:4566/444455556666/shared");
  await ask("SendMessage", { QueueUrl, MessageBody: "x" });
  assert.deepEqual((await ask("ListQueues", {})).QueueUrls, ["http://127.0.0.1:4566/111122223333/shared"]);
  assert.deepEqual(await ask("ReceiveMessage", { QueueUrl: "http://127.0.0.1:4566/111122223333/shared" }), {});
});

test("a permission that is added stands in the policy until it is removed", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("permitted");
  await ask("AddPermission", { QueueUrl, Label: "friend", AWSAccountIds: ["444455556666"], Actions: ["SendMessage"] });
  const { Attributes: with_ = {} } = await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
  assert.deepEqual(JSON.parse(with_.Policy ?? "").Statement, [
    {
      Sid: "friend",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "SQS:SendMessage",
      Resource: "arn:aws:sqs:us-east-1:111122223333:permitted",
    },
  ]);
  await ask("RemovePermission", { QueueUrl, Label: "friend" });
  assert.deepEqual(await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] }), {});
});

test("the queue's policy speaks for messages, but no policy lets another account change the queue", async () => {
  const { service, queue, world } = testSqs();
  const QueueUrl = await queue("open", { Policy: policy });
  const call = testCall({ world, caller: testCaller({ accountId: "444455556666" }) });
  const send = service.operations.SendMessage?.needs({ QueueUrl, MessageBody: "x" }, call);
  assert.deepEqual(send, [
    {
      action: "sqs:SendMessage",
      resource: "arn:aws:sqs:us-east-1:111122223333:open",
      ownerId: "111122223333",
      resourcePolicy: policy,
    },
  ]);
  // SQS Developer Guide, "Overview of managing access": cross-account permissions don't apply to these.
  const change = service.operations.SetQueueAttributes?.needs({ QueueUrl, Attributes: {} }, call);
  assert.deepEqual(change, [
    { action: "sqs:SetQueueAttributes", resource: "arn:aws:sqs:us-east-1:111122223333:open", ownerId: "111122223333" },
  ]);
});

test("sending to a queue with a key needs the key too", async () => {
  const key = {
    arn: "arn:aws:kms:us-east-1:111122223333:key/k",
    ownerId: "111122223333",
    policy: "{}",
    isEnabled: true,
  };
  const { service, queue, world } = testSqs(undefined, {
    find: (_account, _region, id) => (id === "alias/mine" ? key : undefined),
  });
  const QueueUrl = await queue("locked", { KmsMasterKeyId: "alias/mine" });
  const needs = service.operations.SendMessage?.needs({ QueueUrl, MessageBody: "x" }, testCall({ world })) ?? [];
  assert.deepEqual(
    needs.map(({ action }) => action),
    ["sqs:SendMessage", "kms:GenerateDataKey", "kms:Decrypt"],
  );
});

test("a batch says of each entry whether it was sent, and is refused as a whole where its entries cannot be told apart", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("batched");
  const sent = await ask("SendMessageBatch", {
    QueueUrl,
    Entries: [
      { Id: "good", MessageBody: "x", MessageAttributes: { colour: { DataType: "String", StringValue: "blue" } } },
      { Id: "empty", MessageBody: "" },
      { Id: "number", MessageBody: "x", MessageAttributes: { n: { DataType: "Number", StringValue: "many" } } },
    ],
  });
  assert.deepEqual(
    sent.Successful?.map(({ Id }) => Id),
    ["good"],
  );
  assert.deepEqual(
    sent.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
    [
      ["empty", "MissingParameter", true],
      ["number", "InvalidParameterValue", true],
    ],
  );
  const batch = (Entries: { Id: string; MessageBody: string }[]) => ask("SendMessageBatch", { QueueUrl, Entries });
  const entry = (Id: string) => ({ Id, MessageBody: "x" });
  await assert.rejects(batch([]), refusal("EmptyBatchRequest"));
  await assert.rejects(batch([entry("a"), entry("a")]), refusal("BatchEntryIdsNotDistinct"));
  await assert.rejects(batch([entry("a b")]), refusal("InvalidBatchEntryId"));
  await assert.rejects(
    batch(Array.from({ length: 11 }, (_, index) => entry(`e${index}`))),
    refusal("TooManyEntriesInBatchRequest"),
  );
  const big = "x".repeat(600_000);
  await assert.rejects(
    batch([
      { Id: "a", MessageBody: big },
      { Id: "b", MessageBody: big },
    ]),
    refusal("BatchRequestTooLong"),
  );
});

test("the digest of attributes is the one that AWS's clients calculate", async () => {
  const { ask, queue } = testSqs();
  const QueueUrl = await queue("digest");
  const MessageAttributes = {
    name: { DataType: "String", StringValue: "Jane" },
    bytes: { DataType: "Binary.png", BinaryValue: new Uint8Array([1, 2, 3]) },
  };
  await ask("SendMessage", { QueueUrl, MessageBody: "x", MessageAttributes });
  const got = await ask("ReceiveMessage", { QueueUrl, MessageAttributeNames: ["na.*", "bytes"] });
  assert.deepEqual(Object.keys(got.Messages?.[0]?.MessageAttributes ?? {}), ["bytes"]);
  assert.match(got.Messages?.[0]?.MD5OfMessageAttributes ?? "", /^[0-9a-f]{32}$/u);
});

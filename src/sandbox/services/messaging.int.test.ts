import assert from "node:assert/strict";
import { test } from "node:test";
import { openSandbox, sandboxAccount, sandboxRegion } from "../sandbox.fixture.ts";

test("real clients: a topic's message reaches a queue that lets it in, and no other, while the receiver waits", async () => {
  await using box = await openSandbox();
  const sqs = await box.client("sqs");
  const sns = await box.client("sns");
  const { TopicArn } = await sns.call("CreateTopic", { Name: "news" });
  const { QueueUrl } = await sqs.call("CreateQueue", { QueueName: "inbox" });
  const Endpoint = `arn:aws:sqs:${sandboxRegion}:${sandboxAccount}:inbox`;
  await sns.call("Subscribe", { TopicArn, Protocol: "sqs", Endpoint });
  await sns.call("Publish", { TopicArn, Message: "refused" });
  const Statement = [
    {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: Endpoint,
      Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
    },
  ];
  await sqs.call("SetQueueAttributes", {
    QueueUrl,
    Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) },
  });
  const waiting = sqs.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 10 });
  await sns.call("Publish", {
    TopicArn,
    Message: "taken",
    MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
  });
  const { Messages: [message] = [] } = await waiting;
  const envelope = JSON.parse(message?.Body ?? "{}") as { Message: string; SigningCertURL: string };
  assert.equal(envelope.Message, "taken");
  await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle: message?.ReceiptHandle });
  await assert.rejects(sns.call("Publish", { TopicArn: `${TopicArn}x`, Message: "x" }), { name: /NotFound/u });
  await assert.rejects(sqs.call("GetQueueUrl", { QueueName: "none" }), { name: /QueueDoesNotExist|NonExistentQueue/u });
  assert.deepEqual(box.troubles, []);
});

test("real clients: a rule's event reaches its queue, a group keeps its events", async () => {
  await using box = await openSandbox();
  const [sqs, events, logs] = [await box.client("sqs"), await box.client("events"), await box.client("logs")];
  const arn = `arn:aws:sqs:${sandboxRegion}:${sandboxAccount}:rules`;
  const Statement = [
    { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn },
  ];
  const { QueueUrl } = await sqs.call("CreateQueue", {
    QueueName: "rules",
    Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement }) },
  });
  await events.call("PutRule", { Name: "orders", EventPattern: '{"source":["shop"]}' });
  await events.call("PutTargets", { Rule: "orders", Targets: [{ Id: "q", Arn: arn }] });
  await events.call("PutEvents", {
    Entries: [{ Source: "shop", DetailType: "Order", Detail: "{}", Time: new Date() }],
  });
  const got = await sqs.call("ReceiveMessage", { QueueUrl });
  assert.equal((JSON.parse(got.Messages?.[0]?.Body ?? "{}") as { source: string }).source, "shop");
  await logs.call("CreateLogGroup", { logGroupName: "app" });
  await logs.call("CreateLogStream", { logGroupName: "app", logStreamName: "one" });
  await logs.call("PutLogEvents", {
    logGroupName: "app",
    logStreamName: "one",
    logEvents: [{ timestamp: box.sandbox.clock.now(), message: '{"n":1}' }],
  });
  const found = await logs.call("FilterLogEvents", { logGroupName: "app", filterPattern: "{ $.n = 1 }" });
  assert.equal(found.events?.length, 1);
  assert.deepEqual(box.troubles, []);
});

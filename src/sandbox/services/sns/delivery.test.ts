import assert from "node:assert/strict";
import { verify, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { AwsError } from "../../../aws/index.ts";
import { refusal } from "../ask.fixture.ts";
import { testCaller } from "../call.fixture.ts";
import { testSns } from "./sns.fixture.ts";

for (const [SignatureVersion, algorithm] of [
  ["1", "sha1"],
  ["2", "sha256"],
] as const) {
  test(`a queue gets the envelope with a signature of version ${SignatureVersion} that the certificate proves`, async () => {
    const { service, ask, topic, openQueue, bodies } = testSns();
    const TopicArn = await topic("news", { SignatureVersion });
    const queue = await openQueue("inbox", TopicArn);
    const { SubscriptionArn } = await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queue.arn });
    const { MessageId } = await ask("Publish", {
      TopicArn,
      Message: "hello",
      Subject: "greeting",
      MessageAttributes: { colour: { DataType: "String", StringValue: "blue" } },
    });
    const [body = ""] = await bodies(queue.url);
    const { Signature, SigningCertURL, UnsubscribeURL, ...rest } = JSON.parse(body) as Record<string, string>;
    assert.deepEqual(Object.entries(rest), [
      ["Type", "Notification"],
      ["MessageId", MessageId],
      ["TopicArn", TopicArn],
      ["Subject", "greeting"],
      ["Message", "hello"],
      ["Timestamp", "2026-11-20T12:00:00.000Z"],
      ["SignatureVersion", SignatureVersion],
      ["MessageAttributes", { colour: { Type: "String", Value: "blue" } }],
    ]);
    assert.ok(UnsubscribeURL?.endsWith(`SubscriptionArn=${SubscriptionArn}`));
    const certificate = new X509Certificate(service.certificateAt(new URL(SigningCertURL ?? "").pathname) ?? "");
    assert.ok(certificate.verify(certificate.publicKey));
    const signed = `Message\nhello\nMessageId\n${MessageId}\nSubject\ngreeting\nTimestamp\n2026-11-20T12:00:00.000Z\nTopicArn\n${TopicArn}\nType\nNotification\n`;
    assert.ok(verify(algorithm, Buffer.from(signed), certificate.publicKey, Buffer.from(Signature ?? "", "base64")));
    assert.equal(service.certificateAt("/SimpleNotificationService-00000000000000000000000000000000.pem"), undefined);
  });
}

test("raw delivery hands on the text itself, with its attributes", async () => {
  const { sqs, ask, topic, openQueue } = testSns();
  const TopicArn = await topic("raw");
  const queue = await openQueue("raw", TopicArn);
  await ask("Subscribe", {
    TopicArn,
    Protocol: "sqs",
    Endpoint: queue.arn,
    Attributes: { RawMessageDelivery: "true" },
  });
  await ask("Publish", {
    TopicArn,
    Message: "plain",
    MessageAttributes: { size: { DataType: "Number", StringValue: "3" } },
  });
  const got = await sqs.ask("ReceiveMessage", { QueueUrl: queue.url, MessageAttributeNames: ["All"] });
  assert.equal(got.Messages?.[0]?.Body, "plain");
  assert.equal(got.Messages?.[0]?.MessageAttributes?.["size"]?.StringValue, "3");
});

test("a queue that does not let the topic in gets nothing; the others do, and the failure is shown", async () => {
  const { service, sqs, ask, topic, openQueue, bodies } = testSns();
  const TopicArn = await topic("mixed");
  const good = await openQueue("good", TopicArn);
  const other = await openQueue("other", `${TopicArn}-of-old`);
  const dead = await openQueue("dead", TopicArn);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
  await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: good.arn });
  await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: other.arn, Attributes: { RedrivePolicy } });
  await ask("Publish", { TopicArn, Message: "x" });
  assert.equal((await bodies(good.url)).length, 1);
  assert.equal((await bodies(other.url)).length, 0);
  assert.equal((await bodies(dead.url)).length, 1);
  await sqs.ask("DeleteQueue", { QueueUrl: dead.url });
  await ask("Publish", { TopicArn, Message: "y" });
  const { total, newest } = service.deliveryFailures();
  assert.equal(total, 2);
  assert.deepEqual(
    newest.map(({ code, target, attempts, deadLetterArn }) => [code, target, attempts, deadLetterArn]),
    [
      ["AccessDenied", other.arn, 1, undefined],
      ["AccessDenied", other.arn, 1, dead.arn],
    ],
  );
});

test("a fault of the queue's side is tried again, also after a restart", async () => {
  const first = testSns();
  const { world, inside, ask, topic, openQueue, bodies } = first;
  const TopicArn = await topic("stubborn");
  const queue = await openQueue("late", TopicArn);
  await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queue.arn });
  for (let fault = 0; fault < 4; fault += 1) inside.faults.push(new AwsError("InternalFailure", "broken", 500));
  await ask("Publish", { TopicArn, Message: "x" });
  while (first.service.deliveryFailures().waiting === 1 && world.clock.waiting.length === 0)
    await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(await bodies(queue.url), []);
  await first.service[Symbol.asyncDispose]();
  const second = testSns(world);
  world.clock.advance(1_000);
  while (second.service.deliveryFailures().waiting > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await second.bodies(queue.url)).length, 1);
  assert.equal(second.service.deliveryFailures().total, 0);
  await second.service[Symbol.asyncDispose]();
});

for (const [what, attributes, policy, scope, isWanted] of [
  ["a word", { kind: ["String", "alarm"] }, { kind: ["alarm"] }, "MessageAttributes", true],
  ["another word", { kind: ["String", "quiet"] }, { kind: ["alarm"] }, "MessageAttributes", false],
  ["a number", { size: ["Number", "12"] }, { size: [{ numeric: [">", 10] }] }, "MessageAttributes", true],
  ["one of a list", { tags: ["String.Array", '["a","b"]'] }, { tags: ["b"] }, "MessageAttributes", true],
  ["no attribute", {}, { kind: [{ exists: false }] }, "MessageAttributes", true],
  ["its body", {}, { detail: { user: [{ prefix: "an" }] } }, "MessageBody", true],
  ["another body", {}, { detail: { user: ["bob"] } }, "MessageBody", false],
] as const) {
  test(`a filter policy decides by ${what} (SNS Developer Guide, "Amazon SNS message filtering")`, async () => {
    const { ask, topic, openQueue, bodies } = testSns();
    const TopicArn = await topic("filtered");
    const queue = await openQueue("filtered", TopicArn);
    const Attributes = { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: scope };
    await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queue.arn, Attributes });
    const entries = Object.entries<readonly [string, string]>(attributes);
    const MessageAttributes = Object.fromEntries(
      entries.map(([name, [DataType, StringValue]]) => [name, { DataType, StringValue }]),
    );
    await ask("Publish", { TopicArn, Message: '{"detail":{"user":"ana"}}', MessageAttributes });
    assert.equal((await bodies(queue.url)).length, isWanted ? 1 : 0);
  });
}

test("a queue of another account gets a token first, and messages once it has sent the token back", async () => {
  const { sqs, ask, topic } = testSns();
  const TopicArn = await topic("abroad");
  const there = { accountId: "444455556666", caller: testCaller({ accountId: "444455556666" }) };
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:*", Resource: "*" }],
  });
  const { QueueUrl } = await sqs.ask("CreateQueue", { QueueName: "abroad", Attributes: { Policy } }, there);
  const Endpoint = "arn:aws:sqs:us-east-1:444455556666:abroad";
  const subscribed = await ask("Subscribe", { TopicArn, Protocol: "sqs", Endpoint });
  assert.equal(subscribed.SubscriptionArn, "pending confirmation");
  await ask("Publish", { TopicArn, Message: "too early" });
  const got = await sqs.ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 }, there);
  assert.equal(got.Messages?.length, 1);
  const { Type, Token } = JSON.parse(got.Messages?.[0]?.Body ?? "") as Record<string, string>;
  assert.equal(Type, "SubscriptionConfirmation");
  assert.equal(
    (await ask("ListSubscriptionsByTopic", { TopicArn })).Subscriptions?.[0]?.SubscriptionArn,
    "PendingConfirmation",
  );
  await assert.rejects(ask("ConfirmSubscription", { TopicArn, Token: "guess" }), refusal("InvalidParameterException"));
  await ask("ConfirmSubscription", { TopicArn, Token }, there);
  await ask("Publish", { TopicArn, Message: "now" });
  const then = await sqs.ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 }, there);
  assert.equal((JSON.parse(then.Messages?.[0]?.Body ?? "{}") as Record<string, string>)["Message"], "now");
});

test("a FIFO topic keeps the order in a FIFO queue, and sends the same content once", async () => {
  const { ask, topic, openQueue, bodies } = testSns();
  const TopicArn = await topic("ordered.fifo", { FifoTopic: "true", ContentBasedDeduplication: "true" });
  const queue = await openQueue("ordered.fifo", TopicArn, { FifoQueue: "true" });
  await ask("Subscribe", {
    TopicArn,
    Protocol: "sqs",
    Endpoint: queue.arn,
    Attributes: { RawMessageDelivery: "true" },
  });
  const numbers = ["1", "2", "3", "2"];
  await Promise.all(numbers.map((Message) => ask("Publish", { TopicArn, Message, MessageGroupId: "g" })));
  assert.deepEqual(await bodies(queue.url), ["1", "2", "3"]);
});

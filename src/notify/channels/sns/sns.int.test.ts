import assert from "node:assert/strict";
import { test } from "node:test";
import { openSourceAws } from "../../../collect/index.ts";
import { openSandbox, sandboxRegion, type TestSandbox } from "../../../sandbox/sandbox.fixture.ts";
import { noon } from "../../open-telling.fixture.ts";
import { systemClock } from "../../../base/clock.ts";
import type { Message } from "../../message.ts";
import { hostileMessage, messageOf } from "../channels.fixture.ts";
import type { Outcome } from "../channel.ts";
import { snsChannel } from "./sns.ts";

/** A topic of the sandbox with a queue behind it. */
async function openTopic(box: TestSandbox, name: string, attributes: Record<string, string> = {}) {
  const [sns, sqs] = [await box.client("sns"), await box.client("sqs")];
  const { TopicArn = "" } = await sns.call("CreateTopic", { Name: name, Attributes: attributes });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: name, Attributes: attributes });
  const { Attributes = {} } = await sqs.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["QueueArn"] });
  const QueueArn = Attributes["QueueArn"] ?? "";
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: QueueArn },
    ],
  });
  await sqs.call("SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
  await sns.call("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: QueueArn });
  return {
    TopicArn,
    async take() {
      const { Messages = [] } = await sqs.call("ReceiveMessage", {
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 5,
      });
      return Messages.map(({ Body = "{}" }) => JSON.parse(Body) as Envelope);
    },
  };
}

interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

function send(box: TestSandbox, topicArn: string, message: Message): Promise<Outcome> {
  const { accessKeyId, secretAccessKey } = box.sandbox.administrator("111122223333");
  return snsChannel.send(message, {
    settings: snsChannel.settings.parse({ topicArn, endpoint: box.sandbox.url }),
    secrets: { accessKeyId, secretAccessKey },
    signal: new AbortController().signal,
    ...{ version: "1.2.3", now: () => noon },
    openAws: (access, secrets) =>
      openSourceAws(access, secrets, { clock: systemClock, customUserAgent: "trailwarden/test", maxAttempts: 1 }),
  });
}

test("a topic gets the message with attributes, and a subject that SNS takes whatever a log says", async () => {
  await using box = await openSandbox();
  const topic = await openTopic(box, "alarms");
  const outcome = await send(box, topic.TopicArn, messageOf({ title: `Schlüssel 🔑 ${"long ".repeat(40)}` }));
  assert.equal(outcome.isDelivered, true, outcome.answer);
  assert.equal((await send(box, topic.TopicArn, hostileMessage())).isDelivered, true);
  const [first, second] = (await topic.take()).toSorted((a, b) => (a.Subject < b.Subject ? 1 : -1));
  assert.match(first?.Subject ?? "", /^\[HIGH\] Schlussel \?+ long .*\.\.\.$/);
  assert.ok((first?.Subject.length ?? 999) <= 100);
  assert.match(first?.Message ?? "", /Who: mary\nWhen: 2026-11-21 12:00 UTC/);
  assert.deepEqual(first?.MessageAttributes["severity"], { Type: "String", Value: "high" });
  assert.deepEqual(first?.MessageAttributes["accounts"], { Type: "String.Array", Value: '["111122223333"]' });
  assert.match(second?.Subject ?? "", /^[\u0020-\u007e]{1,100}$/);
});

test("a topic that is not there, and an account that may not, are told apart from nothing", async () => {
  await using box = await openSandbox();
  const missing = await send(box, `arn:aws:sns:${sandboxRegion}:111122223333:nowhere`, messageOf());
  assert.ok(!missing.isDelivered && missing.about === "channel");
  assert.match(missing.answer, /does not exist|NotFound/i);
});

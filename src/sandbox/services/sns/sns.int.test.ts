import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { test } from "node:test";

import { openSandbox, sandboxAccount } from "../../sandbox.fixture.ts";

interface Envelope {
  readonly Message: string;
  readonly SubscribeURL: string;
  readonly UnsubscribeURL: string;
  readonly SigningCertURL: string;
}

/** A server of this machine that keeps what SNS posts to it. */
async function openReceiver() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async next(): Promise<Envelope> {
      const [message, response] = (await once(server, "request")) as [IncomingMessage, { end(): void }];
      const envelope = (await json(message)) as Envelope;
      response.end();
      return envelope;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("real clients: a server of this machine confirms, reads the certificate and unsubscribes by the links alone", async () => {
  await using box = await openSandbox();
  await using receiver = await openReceiver();
  const sns = await box.client("sns");
  const { TopicArn } = await sns.call("CreateTopic", { Name: "news" });
  let posted = receiver.next();
  await sns.call("Subscribe", { TopicArn, Protocol: "http", Endpoint: receiver.url });
  const { SubscribeURL } = await posted;
  const confirmed = await fetch(SubscribeURL);
  assert.equal(confirmed.status, 200);
  assert.match(await confirmed.text(), /<SubscriptionArn>arn:aws:sns:.*<\/SubscriptionArn>/);

  posted = receiver.next();
  await sns.call("Publish", { TopicArn, Message: "hello" });
  const { Message, SigningCertURL, UnsubscribeURL } = await posted;
  assert.equal(Message, "hello");
  const answer = await fetch(SigningCertURL);
  assert.equal(answer.headers.get("content-type"), "application/x-pem-file");
  assert.ok(new X509Certificate(await answer.text()).publicKey);
  const none = await fetch(`${box.sandbox.url}/SimpleNotificationService-${"0".repeat(32)}.pem`);
  assert.notEqual(none.status, 200);
  assert.equal((await fetch(UnsubscribeURL)).status, 200);
  assert.deepEqual((await sns.call("ListSubscriptionsByTopic", { TopicArn })).Subscriptions, []);

  const unsigned = await fetch(`${box.sandbox.url}/?Action=DeleteTopic&Version=2010-03-31&TopicArn=${TopicArn}`);
  assert.equal(unsigned.status, 403);
  await box.sandbox.delivery.deliverNow();
  const trails = await box.client("cloudtrail");
  const { Events = [] } = await trails.call("LookupEvents", {
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "ConfirmSubscription" }],
  });
  const record = JSON.parse(Events[0]?.CloudTrailEvent ?? "{}") as Record<string, unknown>;
  assert.deepEqual([record["recipientAccountId"], record["awsRegion"]], [sandboxAccount, "eu-central-1"]);
  assert.deepEqual(box.troubles, []);
});

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { noon, notice } from "../../open-telling.fixture.ts";
import { openHttpReceiver } from "../../receivers.fixture.ts";
import { messageOf, messageOfAll, sendOnce } from "../channels.fixture.ts";
import { signatureOf } from "./signature.ts";
import { webhookChannel } from "./webhook.ts";

const secret = "a secret of the test";

test("the body is signed with the time, so that a receiver knows who sent it and when", async () => {
  await using receiver = await openHttpReceiver();
  const outcome = await sendOnce(webhookChannel, messageOf(), { secrets: { url: receiver.url, secret } });
  assert.deepEqual(outcome, { isDelivered: true, answer: "200 ok" });
  const [posted] = receiver.taken;
  assert.ok(posted);
  const { headers, body } = posted;
  const [, time, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-trailwarden-signature"])) ?? [];
  assert.equal(time, String(noon / 1_000));
  assert.equal(given, createHmac("sha256", secret).update(`${time}.${body}`).digest("hex"));
  assert.equal(headers["idempotency-key"], "thread-0123");
  assert.equal(headers["user-agent"], "trailwarden/1.2.3");
});

test("a vector for those who check signatures elsewhere", () => {
  assert.equal(
    signatureOf("whsec_0123456789abcdef", '{"version":1}', 1_763_726_400_000),
    "t=1763726400,v1=7c6dd3525e537de4cffaf6e60a4513a34c8e54b824a9e68aeb8706bccf74fe2c",
  );
});

test("a program gets every notice as it came from its source, and the words for people", async () => {
  await using receiver = await openHttpReceiver();
  const notices = [notice({ id: "one", title: "a\nb" }), notice({ id: "two", state: "changed" })];
  await sendOnce(webhookChannel, messageOfAll(notices), { secrets: { url: receiver.url, secret } });
  const body = JSON.parse(receiver.taken[0]?.body ?? "{}") as Record<string, unknown>;
  assert.deepEqual(
    [body["id"], body["form"], body["thread"], body["state"], body["severity"]],
    ["thread-0123", "thread", "incident 12", "changed", "high"],
  );
  assert.deepEqual(
    body["notices"],
    notices.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
  );
});

test("no redirect is followed, and of an answer without end a little is read", async () => {
  await using other = await openHttpReceiver();
  await using receiver = await openHttpReceiver();
  const send = () => sendOnce(webhookChannel, messageOf(), { secrets: { url: receiver.url, secret } });
  receiver.manner = { status: 307, headers: { location: other.url }, body: "" };
  assert.deepEqual(await send(), {
    ...{ isDelivered: false, about: "channel", answer: "307 (redirects are not followed)" },
  });
  assert.equal(other.asked.length, 0);
  receiver.manner = { status: 500, body: "x\u001b[31m".repeat(2_000_000) };
  const { answer } = await send();
  assert.ok(answer.length <= 300 && !answer.includes("\u001b"));
});

test("a server whose certificate nobody vouches for is not told", async () => {
  const { openSecureReceiver } = await import("../../receivers.fixture.ts");
  await using receiver = await openSecureReceiver();
  const outcome = await sendOnce(webhookChannel, messageOf(), { secrets: { url: receiver.url, secret } });
  assert.match(outcome.answer, /certificate/);
  assert.deepEqual([outcome.isDelivered, receiver.asked.length], [false, 0]);
});

test("an address without TLS is told only where a person says so, or on this machine", async () => {
  const away = { url: "http://192.0.2.1:9/hook", secret };
  const outcome = await sendOnce(webhookChannel, messageOf(), { secrets: away });
  assert.match(outcome.answer, /begins with http:\/\/|begins with http\[:\]\/\//);
  assert.equal(outcome.isDelivered, false);
});

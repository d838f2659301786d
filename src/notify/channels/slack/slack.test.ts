import assert from "node:assert/strict";
import { test } from "node:test";
import { openHttpReceiver } from "../../receivers.fixture.ts";
import { hostileMessage, messageOf, sendOnce } from "../channels.fixture.ts";
import { escaped, slackBody } from "./slack-body.ts";
import { slackChannel } from "./slack.ts";

/** Every text object of a body, and the text beside its blocks. */
function textsOf(value: unknown): { readonly type: string; readonly text: string }[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  const own =
    "type" in value && "text" in value && typeof value.text === "string"
      ? [{ type: String(value.type), text: value.text }]
      : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

test("what a log says stands in plain text alone, where Slack reads neither mentions nor links", () => {
  const body = slackBody(hostileMessage()) as { text: string; blocks: unknown[] };
  const texts = textsOf(body.blocks);
  assert.ok(texts.length > 4);
  for (const { type, text } of texts) {
    assert.equal(type, "plain_text");
    assert.doesNotMatch(text, /:\/\/|[\r\0\u202e\u200b]/);
  }
  assert.doesNotMatch(body.text, /<|>|\n|:\/\//);
  assert.match(body.text, /&lt;!channel&gt;/);
  assert.equal(escaped("a & <b>"), "a &amp; &lt;b&gt;");
});

test("texts are no longer than Slack takes, and the button leads to the console", () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ label: `Fact ${index}`, value: "x".repeat(5_000) }));
  const body = slackBody(messageOf({ title: "t".repeat(900), text: "y".repeat(9_000), facts: many })) as {
    blocks: { type: string; text?: { text: string }; fields?: { text: string }[]; elements?: { url: string }[] }[];
  };
  for (const { type, text, fields = [], elements } of body.blocks) {
    if (text !== undefined) assert.ok(text.text.length <= (type === "header" ? 150 : 3_000));
    assert.ok(fields.length <= 10 && fields.every((field) => field.text.length <= 2_000));
    if (elements !== undefined) assert.equal(elements[0]?.url, "https://trail.example/base/incidents/12");
  }
});

test("Slack's ok is a delivery, and its refusals are told apart", async () => {
  await using receiver = await openHttpReceiver();
  const send = () => sendOnce(slackChannel, messageOf(), { secrets: { url: `${receiver.url}/services/T/B/x` } });
  assert.deepEqual(await send(), { isDelivered: true, answer: "200 ok" });
  assert.equal(receiver.taken[0]?.path, "/services/T/B/x");
  receiver.manner = { status: 400, body: "invalid_blocks" };
  assert.deepEqual(await send(), { isDelivered: false, about: "message", answer: "400 invalid_blocks" });
  receiver.manner = { status: 429, headers: { "retry-after": "30" }, body: "rate_limited" };
  assert.deepEqual(await send(), {
    ...{ isDelivered: false, about: "channel", answer: "429 rate_limited" },
    retryAfterMs: 30_000,
  });
});

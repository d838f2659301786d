import assert from "node:assert/strict";
import { test } from "node:test";
import { openHttpReceiver } from "../../receivers.fixture.ts";
import { hostileMessage, messageOf, sendOnce } from "../channels.fixture.ts";
import { teamsBody } from "./teams-body.ts";
import { teamsChannel } from "./teams.ts";

interface Card {
  readonly type: string;
  readonly body: readonly { readonly type: string; readonly inlines?: readonly { type: string; text: string }[] }[];
  readonly actions?: readonly { readonly type: string; readonly url: string }[];
}

function cardOf(body: object): Card {
  const { attachments } = body as { attachments: [{ contentType: string; content: Card }] };
  assert.equal(attachments[0].contentType, "application/vnd.microsoft.card.adaptive");
  return attachments[0].content;
}

test("what a log says stands in text runs alone, which know no Markdown, and leads nowhere", () => {
  const card = cardOf(teamsBody(hostileMessage()));
  for (const { type, inlines = [] } of card.body) {
    assert.equal(type, "RichTextBlock");
    for (const run of inlines) {
      assert.equal(run.type, "TextRun");
      assert.doesNotMatch(run.text, /:\/\/|[\r\n\0\u202e\u200b]/);
    }
  }
  assert.deepEqual(
    card.actions?.map(({ url }) => new URL(url).origin),
    ["https://trail.example"],
  );
});

test("a card reaches the workflow, whose answer has no words", async () => {
  await using receiver = await openHttpReceiver();
  receiver.manner = { status: 202, body: "" };
  const outcome = await sendOnce(teamsChannel, messageOf(), { secrets: { url: `${receiver.url}/workflows/1?sig=x` } });
  assert.deepEqual(outcome, { isDelivered: true, answer: "202" });
  const [posted] = receiver.taken;
  assert.equal(posted?.path, "/workflows/1?sig=x");
  assert.match(JSON.stringify(cardOf(JSON.parse(posted?.body ?? "{}") as object)), /\[HIGH\] INC-12 Leaked key/);
});

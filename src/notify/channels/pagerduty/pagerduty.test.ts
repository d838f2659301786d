import assert from "node:assert/strict";
import { test } from "node:test";
import { notice } from "../../open-telling.fixture.ts";
import { openHttpReceiver } from "../../receivers.fixture.ts";
import { messageOf, messageOfAll, sendOnce } from "../channels.fixture.ts";
import { dedupKey, pagerDutyBody } from "./pagerduty-body.ts";
import { pagerDutyChannel } from "./pagerduty.ts";

const routingKey = "0123456789abcdef0123456789abcdef";

test("a matter rings, is acknowledged when somebody takes it, and is resolved with its end, all by one key", () => {
  const states = [
    { state: "opened" },
    { state: "changed", isTaken: true },
    { state: "changed" },
    { state: "ended" },
  ] as const;
  const bodies = states.map((fields) => pagerDutyBody(messageOf(fields), routingKey) as Record<string, unknown>);
  assert.deepEqual(
    bodies.map((body) => [body["event_action"], body["dedup_key"], body["routing_key"]]),
    ["trigger", "acknowledge", "trigger", "resolve"].map((action) => [action, "incident 12", routingKey]),
  );
  assert.equal(dedupKey("x".repeat(300)).length, 64);
});

for (const [severity, told] of [
  ["informational", "info"],
  ["low", "info"],
  ["medium", "warning"],
  ["high", "error"],
  ["critical", "critical"],
] as const) {
  test(`${severity} is ${told} to PagerDuty`, () => {
    const { payload, links } = pagerDutyBody(messageOf({ severity, accountIds: ["1", "2"] }), routingKey) as {
      payload: Record<string, unknown>;
      links: unknown;
    };
    assert.deepEqual([payload["severity"], payload["source"], payload["class"]], [told, "1, 2", "incident"]);
    assert.deepEqual(links, [{ href: "https://trail.example/base/incidents/12", text: "Open in Trailwarden" }]);
  });
}

test("what came before is told beside it, and the event reaches the address that was set", async () => {
  await using receiver = await openHttpReceiver();
  receiver.manner = { status: 202, body: '{"status":"success","message":"Event processed"}' };
  const message = messageOfAll([
    notice({ title: "INC-12 opened" }),
    notice({ title: "INC-12 grew", state: "changed" }),
  ]);
  const settings = { url: `${receiver.url}/v2/enqueue` };
  const outcome = await sendOnce(pagerDutyChannel, message, { settings, secrets: { routingKey } });
  assert.equal(outcome.isDelivered, true);
  const body = JSON.parse(receiver.taken[0]?.body ?? "{}") as {
    payload: { summary: string; custom_details: { before: string[] } };
  };
  assert.equal(body.payload.summary, "[HIGH] INC-12 grew");
  assert.deepEqual(body.payload.custom_details.before, ["2026-11-21 12:00 UTC: INC-12 opened"]);
});

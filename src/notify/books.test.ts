import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelAsk, Route } from "./notifier.ts";
import { noon, openTelling, route } from "./open-telling.fixture.ts";
import { openHttpReceiver } from "./receivers.fixture.ts";

const secret = "a secret of the test";
const hook: ChannelAsk = {
  name: "hook",
  type: "webhook",
  settings: {},
  secrets: { url: "https://hook.example", secret },
};

for (const [setting, ask] of [
  ["name", { ...hook, name: "Not A Name" }],
  ["type", { ...hook, type: "pigeon" as "webhook" }],
  ["colour", { ...hook, settings: { colour: "red" } }],
  ["messagesPerHour", { ...hook, settings: { messagesPerHour: 0 } }],
  ["secret", { ...hook, secrets: { url: "https://hook.example" } }],
  ["secret", { ...hook, secrets: { url: "https://hook.example", secret: "short" } }],
  ["url", { ...hook, secrets: { url: "file:///etc/passwd", secret } }],
  ["url", { ...hook, secrets: { url: "https://user:pass@hook.example", secret } }],
  ["token", { ...hook, secrets: { ...hook.secrets, token: "x" } }],
  ["url", { name: "chat", type: "slack", settings: {}, secrets: { url: "http://hooks.slack.example/x" } }],
  ["routingKey", { name: "pager", type: "pagerduty", settings: {}, secrets: { routingKey: "short" } }],
  ["topicArn", { name: "topic", type: "sns", settings: { topicArn: "alarms" } }],
  ["to.0", { name: "mail", type: "email", settings: { host: "h", from: "a@b.c", to: ["a b"] } }],
] as const satisfies readonly (readonly [string, ChannelAsk])[]) {
  test(`a channel with a wrong ${setting} is refused by that name, and what was secret is not repeated: ${JSON.stringify(ask).slice(0, 90)}`, async () => {
    await using telling = await openTelling();
    await assert.rejects(telling.notifier.putChannel(ask), (error: Error & { code?: string; details?: object }) => {
      assert.equal(error.code, "channel-invalid");
      assert.deepEqual(error.details, { setting });
      assert.match(error.message, new RegExp(setting.replace(".", "\\.")));
      for (const told of Object.values(ask.secrets ?? {})) assert.ok(told.length < 6 || !error.message.includes(told));
      return true;
    });
    assert.deepEqual(await telling.notifier.channels(), []);
  });
}

test("secrets never come back, stay where none is given, and go where they are given empty or the type is another", async () => {
  await using telling = await openTelling();
  const { notifier, state } = telling;
  const first = await notifier.putChannel(hook);
  assert.deepEqual(first.secrets, ["secret", "url"]);
  assert.doesNotMatch(JSON.stringify(await notifier.channels()), /hook\.example|a secret/);
  await notifier.putChannel({ name: "hook", type: "webhook", settings: { messagesPerHour: 5 } });
  assert.deepEqual(await state.notify.secrets("hook"), hook.secrets);
  await assert.rejects(notifier.putChannel({ ...hook, secrets: { secret: "" } }), { code: "channel-invalid" });
  const mail = { host: "h", from: "a@example.com", to: ["b@example.com"] };
  await notifier.putChannel({ name: "hook", type: "email", settings: mail, secrets: { password: "p" } });
  assert.deepEqual(await state.notify.secrets("hook"), { password: "p" });
  await notifier.putChannel({ name: "hook", type: "email", settings: mail, secrets: { password: "" } });
  assert.deepEqual((await notifier.channels())[0]?.secrets, []);
});

test("with the first channel a route is offered for everything high or worse, and with a route no more", async () => {
  await using telling = await openTelling();
  const { notifier } = telling;
  assert.equal(await notifier.offeredRoute(), undefined);
  await notifier.putChannel(hook);
  const offered = await notifier.offeredRoute();
  assert.deepEqual([offered?.channels, offered?.severity, offered?.kinds], [["hook"], "high", []]);
  if (offered !== undefined) assert.deepEqual(await notifier.putRoute(offered), offered);
  assert.equal(await notifier.offeredRoute(), undefined);
});

const office = { timeZone: "Europe/Berlin", hours: [{ days: [1], from: "08:00", to: "18:00" }] };

for (const [setting, fields] of [
  ["name", { name: "Not A Name" }],
  ["channels", { channels: [] }],
  ["channels", { channels: ["nowhere"] }],
  ["accountIds.0", { accountIds: ["12"] }],
  ["severity", { severity: "bad" as "high" }],
  ["schedule.timeZone", { schedule: { ...office, timeZone: "Europe/Bielefeld" } }],
  ["schedule.hours", { schedule: { ...office, hours: [] } }],
  ["schedule.hours.0.from", { schedule: { ...office, hours: [{ days: [1], from: "8", to: "18:00" }] } }],
  ["schedule.hours.0.days.0", { schedule: { ...office, hours: [{ days: [9], from: "08:00", to: "18:00" }] } }],
  ["digestAt.0", { digestAt: ["25:00"] }],
  ["groupMs", { groupMs: -1 }],
] as const satisfies readonly (readonly [string, Partial<Route>])[]) {
  test(`a route with a wrong ${setting} is refused by that name: ${JSON.stringify(fields)}`, async () => {
    await using telling = await openTelling();
    await telling.notifier.putChannel({ ...hook, name: "ops" });
    await assert.rejects(telling.notifier.putRoute(route(fields)), { code: "route-invalid", details: { setting } });
    assert.deepEqual(await telling.notifier.routes(), []);
  });
}

test("routes last, and a channel that goes leaves them; a route that told nobody else goes too", async () => {
  await using telling = await openTelling();
  const { notifier } = telling;
  await notifier.putChannel({ ...hook, name: "ops" });
  await notifier.putChannel({ ...hook, name: "chat" });
  await notifier.putRoute(route({ name: "both", channels: ["ops", "chat"], schedule: office }));
  await notifier.putRoute(route({ name: "one", channels: ["ops"] }));
  await notifier.removeChannel("ops");
  assert.deepEqual(await notifier.routes(), [{ ...route({ name: "both", channels: ["chat"] }), schedule: office }]);
  await assert.rejects(notifier.removeChannel("ops"), { code: "channel-unknown" });
  await assert.rejects(notifier.removeRoute("one"), { code: "route-unknown" });
});

test("a test of a channel says what came of it, rings a pager and stops it again, and stands in the log", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  const { notifier } = telling;
  const routingKey = "0123456789abcdef0123456789abcdef";
  await notifier.putChannel({
    name: "pager",
    type: "pagerduty",
    settings: { url: receiver.url },
    secrets: { routingKey },
  });
  const signal = new AbortController().signal;
  assert.deepEqual(await notifier.testChannel("pager", signal), { isDelivered: true, answer: "200 ok" });
  const actions = receiver.taken.map(({ body }) => JSON.parse(body) as Record<string, string>);
  assert.deepEqual(
    actions.map((action) => action["event_action"]),
    ["trigger", "resolve"],
  );
  assert.equal(actions[0]?.["dedup_key"], actions[1]?.["dedup_key"]);
  receiver.manner = { status: 403, body: "not you" };
  assert.deepEqual(await notifier.testChannel("pager", signal), { isDelivered: false, answer: "403 not you" });
  const log = await notifier.deliveries({ channel: "pager" }, { limit: 9 });
  assert.deepEqual(
    log.map(({ status, subject, at }) => [status, subject, at]),
    [
      ["given up", "Test", noon],
      ["delivered", "Test", noon],
    ],
  );
  await assert.rejects(notifier.testChannel("nowhere", signal), { code: "channel-unknown" });
});

test("every kind says its settings and secrets, each with a description", async () => {
  await using telling = await openTelling();
  for (const { type, summary, settings, secrets } of telling.notifier.kinds()) {
    assert.match(summary, /[^.]$/);
    const properties = Object.entries(settings["properties"] as Record<string, { description?: string }>);
    assert.ok(properties.length > 0);
    for (const [name, { description }] of properties) assert.ok(description, `${type} ${name}`);
    for (const { name, description } of secrets) assert.ok(description, `${type} ${name}`);
  }
});

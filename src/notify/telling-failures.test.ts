import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { bodyOf, hour, idsOf, minute, notice, openTelling, route } from "./open-telling.fixture.ts";
import { type Manner, openHttpReceiver, openSmtpReceiver } from "./receivers.fixture.ts";

for (const [words, manner] of [
  ["is away", "broken"],
  ["has a fault", { status: 503 }],
  ["wants a pause", { status: 429, headers: { "retry-after": "120" } }],
] as const satisfies readonly (readonly [string, Manner])[]) {
  test(`where the other side ${words} for an hour, each notice arrives once afterwards, in the order of its thread`, async () => {
    await using receiver = await openHttpReceiver();
    await using telling = await openTelling();
    await telling.toWebhook(receiver.url);
    receiver.manner = manner;
    for (let at = 0; at < 60; at++) {
      if (at % 6 === 0)
        telling.source.give(notice({ id: `a${at}`, thread: "a" }), notice({ id: `b${at}`, thread: "b" }));
      await telling.send();
      telling.clock.advance(minute);
    }
    const tried = receiver.asked.length;
    assert.ok(tried >= 5 && tried <= 12, `${tried} tries`);
    receiver.manner = { status: 200 };
    for (let at = 0; at < 120; at++) {
      await telling.send();
      telling.clock.advance(minute);
    }
    const told = receiver.taken.flatMap((one) => bodyOf(one).notices);
    for (const thread of ["a", "b"]) {
      assert.deepEqual(
        told.filter((one) => one.thread === thread).map(({ id }) => id),
        Array.from({ length: 10 }, (_, index) => `${thread}${index * 6}`),
      );
    }
    const log = await telling.notifier.deliveries({}, { limit: 100 });
    const failed = log.filter(({ status }) => status === "failed");
    assert.equal(failed.length, tried);
    assert.deepEqual(new Set(log.map(({ status }) => status)), new Set(["failed", "delivered"]));
    assert.deepEqual([await telling.notifier.waiting(), telling.failures], [{}, []]);
  });
}

test("who does not answer is given up on after fifteen seconds, and the same message comes with the same key", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  telling.source.give(notice());
  receiver.manner = "silent";
  const sent = telling.send();
  await receiver.untilAsked(1);
  telling.clock.advance(15_000);
  await sent;
  const [tried] = await telling.notifier.deliveries({}, { limit: 1 });
  assert.deepEqual([tried?.status, tried?.answer, tried?.tookMs], ["failed", "No answer within 15 seconds", 15_000]);
  receiver.manner = { status: 200 };
  telling.source.give(notice({ id: "next" }));
  telling.clock.advance(2 * minute);
  await telling.send();
  const keys = receiver.asked.map(({ headers }) => headers["idempotency-key"]);
  assert.equal(keys[0], keys[1]);
  assert.deepEqual(idsOf(receiver.taken).at(-1), ["next"]);
});

test("a channel that fails does not hold back another", async () => {
  await using silent = await openHttpReceiver();
  await using well = await openHttpReceiver();
  await using telling = await openTelling();
  silent.manner = "silent";
  await telling.toWebhook(silent.url, { channels: ["ops"] });
  const secrets = { url: well.url, secret: "another secret here" };
  await telling.notifier.putChannel({ name: "well", type: "webhook", settings: {}, secrets });
  await telling.notifier.putRoute(route({ channels: ["ops", "well"] }));
  telling.source.give(notice({ id: "one" }));
  const sent = telling.send();
  await Promise.all([silent.untilAsked(1), well.untilAsked(1)]);
  telling.clock.advance(15_000);
  await sent;
  assert.deepEqual([idsOf(well.taken), silent.taken.length], [[["one"]], 0]);
});

test("after a day it is given up, with all that waited as long, and the log says so", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  receiver.manner = { status: 404, body: "no such hook" };
  telling.source.give(notice({ id: "a", thread: "a" }), notice({ id: "b", thread: "b" }));
  for (let quarter = 0; quarter < 104; quarter++) {
    await telling.send();
    telling.clock.advance(15 * minute);
  }
  const log = await telling.notifier.deliveries({ status: "given up" }, { limit: 9 });
  assert.deepEqual(log.flatMap(({ notices }) => notices).toSorted(), ["a", "b"]);
  assert.match(log[0]?.answer ?? "", /404 no such hook/);
  assert.ok(receiver.asked.length < 40, `${receiver.asked.length} tries`);
  assert.deepEqual(await telling.notifier.waiting(), {});
});

test("a message that is refused for what it is holds back nothing but its own thread", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  receiver.manner = { status: 400, body: "invalid_blocks" };
  telling.source.give(notice({ id: "a1", thread: "a" }));
  await telling.send();
  receiver.manner = { status: 200 };
  telling.source.give(notice({ id: "a2", thread: "a" }), notice({ id: "b1", thread: "b" }));
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["b1"]]);
  telling.clock.advance(minute);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["b1"], ["a1"], ["a2"]]);
});

test("a channel that a person mends is tried at once, and one that is paused keeps what it has", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook("http://127.0.0.1:9");
  telling.source.give(notice({ id: "one" }));
  await telling.send();
  await telling.notifier.pauseChannel("ops", true);
  await telling.notifier.putChannel({ name: "ops", type: "webhook", settings: {}, secrets: { url: receiver.url } });
  await telling.send();
  assert.deepEqual([receiver.asked.length, await telling.notifier.waiting()], [0, { ops: 1 }]);
  await telling.notifier.pauseChannel("ops", false);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["one"]]);
});

test("what a channel kept while it rested for days has a whole day of tries when it goes on", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  await telling.notifier.pauseChannel("ops", true);
  telling.source.give(notice({ id: "one" }));
  await telling.send();
  telling.clock.advance(72 * hour);
  receiver.manner = { status: 503 };
  await telling.notifier.pauseChannel("ops", false);
  await telling.send();
  assert.deepEqual(
    (await telling.notifier.deliveries({}, { limit: 9 })).map(({ status }) => status),
    ["failed"],
  );
  receiver.manner = { status: 200 };
  telling.clock.advance(minute);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["one"]]);
});

test("where the other side is silent for an hour, each notice arrives once afterwards, and each try took its time", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  receiver.manner = "silent";
  telling.source.give(notice({ id: "one" }));
  const until = telling.clock.now() + hour;
  while (telling.clock.now() < until) {
    const before = receiver.asked.length;
    let isDone = false;
    const sent = telling.send().finally(() => (isDone = true));
    while (!isDone && receiver.asked.length === before) await turn();
    telling.clock.advance(15_000);
    await sent;
    telling.clock.advance(minute);
  }
  const tried = receiver.asked.length;
  const log = await telling.notifier.deliveries({ status: "failed" }, { limit: 99 });
  assert.deepEqual(
    [log.length, new Set(log.map(({ answer }) => answer))],
    [tried, new Set(["No answer within 15 seconds"])],
  );
  receiver.manner = { status: 200 };
  telling.source.give(notice({ id: "two" }));
  for (let at = 0; at < 3; at++) {
    telling.clock.advance(hour);
    await telling.send();
  }
  assert.deepEqual(idsOf(receiver.taken), [["one"], ["two"]]);
});

test("where a mail server is away and then overloaded for an hour, each mail arrives once afterwards", async () => {
  await using telling = await openTelling();
  const settings = { host: "127.0.0.1", tls: "plain", from: "alarm@example.com", to: ["ops@example.com"] };
  const put = (port: number) =>
    telling.notifier.putChannel({ name: "ops", type: "email", settings: { ...settings, port } });
  await using receiver = await openSmtpReceiver();
  await put(9);
  await telling.notifier.putRoute(route());
  telling.source.give(
    notice({ id: "one", title: "INC-1 one", thread: "a" }),
    notice({ id: "two", title: "INC-2 two", thread: "b" }),
  );
  receiver.verdict = "451 4.3.0 try later";
  for (let at = 0; at < 60; at++) {
    await telling.send();
    telling.clock.advance(minute);
    if (at === 30) await put(receiver.port);
  }
  assert.deepEqual(receiver.taken, []);
  receiver.verdict = "250 ok";
  for (let at = 0; at < 60; at++) {
    await telling.send();
    telling.clock.advance(minute);
  }
  const subjects = receiver.taken.map(({ text }) => /^Subject: (.*)$/m.exec(text)?.[1]);
  assert.deepEqual(subjects, ["[HIGH] INC-1 one", "[HIGH] INC-2 two"]);
  const answers = (await telling.notifier.deliveries({ status: "failed" }, { limit: 99 })).map(({ answer }) => answer);
  assert.ok(
    answers.some((answer) => answer.includes("ECONNREFUSED")) && answers.some((answer) => answer.includes("try later")),
  );
});

test("while a channel rests nothing of it is due, so that nobody looks at it in vain", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  receiver.manner = { status: 503 };
  telling.source.give(notice({ thread: "a" }), notice({ thread: "b" }));
  await telling.send();
  const next = (await telling.state.notify.nextDue()) ?? 0;
  assert.ok(next >= telling.clock.now() + 27_000 && next <= telling.clock.now() + 33_000);
  assert.equal(receiver.asked.length, 1);
});

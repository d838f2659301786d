import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { hour, minute, noon, notice, openTelling, route } from "./open-telling.fixture.ts";
import { type Manner, openHttpReceiver, type Posted } from "./receivers.fixture.ts";

interface Body {
  readonly id: string;
  readonly form: string;
  readonly subject: string;
  readonly notices: readonly { readonly id: string; readonly thread: string }[];
}

function bodyOf({ body }: Posted): Body {
  return JSON.parse(body) as Body;
}

const idsOf = (posted: readonly Posted[]) => posted.map((one) => bodyOf(one).notices.map(({ id }) => id));

test("nothing is told while nothing is set up, and the past is not told when something is", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  telling.source.give(notice());
  await telling.send();
  await telling.toWebhook(receiver.url);
  await telling.send();
  assert.deepEqual([receiver.asked.length, await telling.notifier.waiting()], [0, {}]);
  telling.source.give(notice({ id: "new" }));
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["new"]]);
  assert.deepEqual(telling.failures, []);
});

test("what happened long before anybody told anything is passed over, and nothing later is", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  telling.source.give(notice({ id: "old", at: noon - hour, thread: "a" }), notice({ id: "fresh", thread: "b" }));
  await telling.send();
  telling.source.give(notice({ id: "late", at: noon - 9 * hour, thread: "c" }));
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["fresh"], ["late"]]);
});

test("notices of one thread that come within the group's time are one message, other threads have their own", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url, { groupMs: 5 * minute });
  telling.source.give(notice({ id: "a1", thread: "a" }));
  await telling.send();
  telling.clock.advance(3 * minute);
  telling.source.give(notice({ id: "a2", thread: "a" }), notice({ id: "b1", thread: "b" }));
  await telling.send();
  assert.deepEqual(receiver.asked, []);
  telling.clock.advance(2 * minute);
  await telling.send();
  telling.clock.advance(3 * minute);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["a1", "a2"], ["b1"]]);
  assert.equal((await telling.notifier.deliveries({}, { limit: 9 })).length, 2);
});

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

test("whoever was told of a matter hears of its end, however mild it is then, and nobody else does", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url, { severity: "high" });
  telling.source.give(
    notice({ id: "a1", thread: "a" }),
    notice({ id: "b1", thread: "b", severity: "low" }),
    notice({ id: "a2", thread: "a", severity: "low", state: "changed" }),
    notice({ id: "a3", thread: "a", severity: "low", state: "ended" }),
    notice({ id: "b2", thread: "b", severity: "high", state: "ended" }),
  );
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["a1", "a3"]]);
});

test("ten thousand notices in a minute are thirty messages, the worst first, and one that says how many more", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  const many = Array.from({ length: 10_000 }, (_, number) =>
    notice({ id: `f${number}`, thread: `t${number}`, severity: number === 9_999 ? "critical" : "low" }),
  );
  telling.source.give(...many);
  await telling.send();
  const bodies = receiver.taken.map(bodyOf);
  assert.equal(bodies.length, 31);
  assert.ok(bodies.some(({ notices }) => notices.length === 1 && notices[0]?.id === "f9999"));
  const [summary] = bodies.slice(-1);
  assert.deepEqual([summary?.form, summary?.notices.length], ["flood", 9_970]);
  assert.match(summary?.subject ?? "", /^\[LOW\] 9,970 notices: 9,970 low$/);
  assert.equal(new Set(bodies.flatMap(({ notices }) => notices.map(({ id }) => id))).size, 10_000);

  telling.source.give(notice({ id: "soon", thread: "soon" }));
  await telling.send();
  assert.equal(receiver.taken.length, 31);
  telling.clock.advance(10 * minute);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken).at(-1), ["soon"]);
  telling.clock.advance(hour);
  telling.source.give(notice({ id: "later", thread: "later" }));
  await telling.send();
  assert.deepEqual([bodyOf(receiver.taken.at(-1) ?? { path: "", headers: {}, body: "{}" }).form], ["thread"]);
});

test("a digest tells everything at its time of day in the zone of its schedule, as one message", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  const schedule = { timeZone: "Europe/Berlin", hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "24:00" }] };
  await telling.toWebhook(receiver.url, { digestAt: ["15:00"], schedule });
  telling.source.give(notice({ id: "a", thread: "a" }), notice({ id: "b", thread: "b", severity: "critical" }));
  await telling.send();
  telling.clock.advance(2 * hour - minute);
  telling.source.give(notice({ id: "c", thread: "c", severity: "low" }));
  await telling.send();
  assert.deepEqual(receiver.taken, []);
  telling.clock.advance(minute);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["a", "b", "c"]]);
  const [posted] = receiver.taken;
  assert.equal(posted && bodyOf(posted).subject, "[CRITICAL] 3 notices: 1 critical, 1 high, 1 low");
});

test("a source that fails holds up no other, and gives what it has when it is well", async () => {
  await using receiver = await openHttpReceiver();
  const broken = new Error("broken");
  const source = { name: "broken", since: () => Promise.reject(broken) };
  await using telling = await openTelling();
  await using notifier = await openTelling({ sources: [source, telling.source] });
  await notifier.toWebhook(receiver.url);
  telling.source.give(notice({ id: "one" }));
  await notifier.send();
  assert.deepEqual([idsOf(receiver.taken), notifier.failures], [[["one"]], [broken]]);
});

test("it tells by itself once it was started, as soon as somebody wakes it, and stops", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  await telling.notifier.start();
  telling.source.give(notice({ id: "one" }));
  telling.notifier.wake();
  while (receiver.asked.length === 0) {
    telling.clock.advance(1_000);
    await turn();
  }
  await telling.notifier.stop();
  assert.deepEqual(idsOf(receiver.taken), [["one"]]);
});

import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { bodyOf, hour, idsOf, minute, noon, notice, openTelling } from "./open-telling.fixture.ts";
import { openHttpReceiver } from "./receivers.fixture.ts";

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

test("a notice of any size is kept and told as a page at most", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  await telling.toWebhook(receiver.url);
  const long = "x".repeat(1_000_000);
  const facts = Array.from({ length: 1_000 }, () => ({ label: "L", value: long.slice(0, 9_000) }));
  telling.source.give(notice({ title: long, text: long, facts, rules: Array.from({ length: 999 }, () => "r") }));
  await telling.send();
  assert.ok((receiver.taken[0]?.body.length ?? 0) > 50_000);
  assert.ok((receiver.taken[0]?.body.length ?? Infinity) < 100_000);
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
  assert.deepEqual([summary?.form, summary?.notices.length], ["flood", 500]);
  assert.equal(summary?.more, 9_470);
  assert.match(summary?.subject ?? "", /^\[LOW\] 9,970 notices: 9,970 low$/);
  assert.equal(new Set(bodies.flatMap(({ notices }) => notices.map(({ id }) => id))).size, 530);
  const waiting = await telling.notifier.waiting();
  assert.deepEqual(waiting, {});

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

test("in quiet hours what is not severe enough waits for their end, and what is takes the rest of its thread along", async () => {
  await using receiver = await openHttpReceiver();
  await using telling = await openTelling();
  // It is a Saturday.
  const schedule = { timeZone: "Europe/Berlin", hours: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }] };
  await telling.toWebhook(receiver.url, { schedule, quietSeverity: "critical" });
  telling.source.give(notice({ id: "a1", thread: "a" }), notice({ id: "b1", thread: "b" }));
  await telling.send();
  assert.deepEqual(receiver.asked, []);
  telling.source.give(notice({ id: "a2", thread: "a", severity: "critical", state: "changed" }));
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken), [["a1", "a2"]]);
  telling.clock.advance(43 * hour - 1);
  await telling.send();
  assert.equal(receiver.taken.length, 1);
  telling.clock.advance(1);
  await telling.send();
  assert.deepEqual(idsOf(receiver.taken).slice(1), [["b1"]]);
});

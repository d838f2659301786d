import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, onEveryEngine } from "./engines.fixture.ts";
import type { ChannelRow, DeliveryRow, OutboxRow } from "./notify-table.ts";

const channel: ChannelRow = {
  name: "ops",
  type: "webhook",
  settings: { messagesPerHour: 30 },
  isPaused: false,
  changedAt: noon,
};

function row(id: string, fields: Partial<OutboxRow> = {}): OutboxRow {
  const [thread, group] = ["incident 1", "incident 1"];
  return {
    ...{ id, channel: "ops", route: "all", thread, group },
    ...{ dueAt: noon, createdAt: noon, tries: 0, content: { title: "ä\0", half: "\ud83d" } },
    ...fields,
  };
}

const delivery: Omit<DeliveryRow, "number"> = {
  channel: "ops",
  at: noon + 1,
  status: "delivered",
  notices: ["a"],
  subject: "[HIGH] one",
  answer: "200 ok",
  tookMs: 12,
};

const names = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

await onEveryEngine("what is told", ({ makePlace }) => {
  test("channels and their secrets last, and a channel that goes takes its secrets and what waits", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.notify.putChannel({ ...channel, settings: {} }, { secret: "geheim" });
      await state.notify.putChannel(channel);
      await state.notify.putChannel({ ...channel, name: "Chat", isPaused: true });
    }
    await using state = await place.open();
    const { notify } = state;
    assert.deepEqual(await notify.channels(), [{ ...channel, name: "Chat", isPaused: true }, channel]);
    assert.deepEqual(await notify.secrets("ops"), { secret: "geheim" });
    assert.deepEqual(await notify.secrets("Chat"), {});
    await notify.enqueue([row("a"), row("a", { channel: "Chat" })]);
    await notify.settle([], delivery, undefined);
    await notify.removeChannel("ops");
    assert.deepEqual(await notify.secrets("ops"), {});
    assert.deepEqual(await notify.waiting(), new Map([["Chat", 1]]));
    assert.equal((await notify.deliveries({}, { limit: 9 })).length, 1);
  });

  test("routes last and are replaced by their name", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { notify } = state;
    await notify.putRoute({ name: "all", content: {}, changedAt: 1 });
    await notify.putRoute({ name: "all", content: { channels: ["ops"] }, changedAt: noon });
    await notify.putRoute({ name: "B", content: null, changedAt: noon });
    await notify.removeRoute("B");
    assert.deepEqual(await notify.routes(), [{ name: "all", content: { channels: ["ops"] }, changedAt: noon }]);
  });

  test("a notice lies in the box once for each channel, also after it was told, and settings come with it", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.notify.enqueue([row("a"), row("a", { content: "another" }), row("a", { channel: "chat" })], {
        position: { at: 1 },
      });
    }
    await using state = await place.open();
    const { notify } = state;
    const [first, ...others] = await notify.due(noon, 9);
    assert.deepEqual(first && { ...first, number: 0 }, {
      ...row("a"),
      number: 0,
      message: undefined,
      firstDueAt: noon,
    });
    assert.deepEqual([others.length, await notify.setting("position")], [1, { at: 1 }]);
    await notify.settle([row("a")], delivery, undefined);
    await notify.enqueue([row("a")]);
    assert.deepEqual(
      (await notify.due(noon, 9)).map((one) => one.channel),
      ["chat"],
    );
    assert.deepEqual(
      await notify.toldOf(["incident 1", "incident 2"]),
      new Map([["incident 1", new Set(["ops", "chat"])]]),
    );
  });

  test("what is due comes the oldest first, of one channel where it is named", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { notify } = state;
    await notify.enqueue([
      row("later", { dueAt: noon + 1 }),
      row("b"),
      row("a"),
      row("early", { dueAt: noon - 1 }),
      row("chat", { channel: "chat" }),
    ]);
    assert.deepEqual(names(await notify.due(noon, 9, "ops")), ["early", "b", "a"]);
    assert.deepEqual(names(await notify.due(noon, 2)), ["early", "b"]);
    assert.deepEqual(names(await notify.inGroups("ops", ["incident 1"])), ["later", "b", "a", "early"]);
    assert.deepEqual(names(await notify.overdue("ops", noon)), ["early"]);
    await notify.postpone("ops", noon + hour);
    assert.deepEqual(names(await notify.due(noon, 9)), ["chat"]);
    assert.deepEqual(names(await notify.overdue("ops", noon)), ["early"]);
    await notify.hasten("ops", noon);
    assert.deepEqual(
      (await notify.due(noon + hour, 9, "ops")).map(({ id, dueAt }) => [id, dueAt]),
      [
        ["b", noon],
        ["a", noon],
        ["early", noon],
        ["later", noon + 1],
      ],
    );
    assert.deepEqual(await notify.overdue("ops", noon), []);
  });

  test("the next time is that of channels that are not paused", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { notify } = state;
    await notify.putChannel(channel);
    await notify.putChannel({ ...channel, name: "chat", isPaused: true });
    assert.equal(await notify.nextDue(), undefined);
    await notify.enqueue([row("a", { dueAt: noon + 5 }), row("a", { channel: "chat", dueAt: noon })]);
    assert.equal(await notify.nextDue(), noon + 5);
  });

  test("rows that are bound stay one message, and a try that failed has its next time and its line", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.notify.enqueue([row("a"), row("b"), row("c")]);
      await state.notify.bind([row("b"), row("a")], "m1");
    }
    await using state = await place.open();
    const { notify } = state;
    const bound = await notify.inMessage("ops", "m1");
    assert.deepEqual([names(bound), bound[0]?.message], [["a", "b"], "m1"]);
    await notify.settle(bound, { ...delivery, status: "failed" }, noon + hour);
    const again = await notify.inMessage("ops", "m1");
    assert.deepEqual(
      again.map(({ tries, dueAt, firstDueAt }) => [tries, dueAt, firstDueAt]),
      [
        [1, noon + hour, noon],
        [1, noon + hour, noon],
      ],
    );
    assert.deepEqual(names(await notify.due(noon, 9)), ["c"]);
    await notify.settle(again, delivery, undefined);
    assert.deepEqual(await notify.inMessage("ops", "m1"), []);
  });

  test("deliveries come the newest first, in pages, by channel and status", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { notify } = state;
    for (let at = 0; at < 5; at++) {
      await notify.settle([], { ...delivery, at, status: at % 2 === 0 ? "delivered" : "failed" }, undefined);
    }
    await notify.settle([], { ...delivery, at: 9, channel: "chat" }, undefined);
    const first = await notify.deliveries({ channel: "ops" }, { limit: 3 });
    const rest = await notify.deliveries({ channel: "ops" }, { limit: 3, after: first.at(-1)?.number });
    assert.deepEqual(
      [...first, ...rest].map(({ at }) => at),
      [4, 3, 2, 1, 0],
    );
    assert.deepEqual({ ...first[0], number: 0 }, { ...delivery, at: 4, number: 0 });
    assert.deepEqual(
      (await notify.deliveries({ channel: "ops", status: "failed" }, { limit: 9 })).map(({ at }) => at),
      [3, 1],
    );
    assert.deepEqual(await notify.deliveredSince("ops", 0), [2, 4]);
  });

  test("what was told is forgotten in time, and what waits is not", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { notify } = state;
    await notify.enqueue([row("told"), row("waits"), row("new", { createdAt: noon + hour })]);
    await notify.settle([row("told"), row("new", { createdAt: noon + hour })], delivery, undefined);
    await notify.forget({ toldAt: noon + 1, deliveredAt: noon + 2 });
    assert.deepEqual(await notify.deliveries({}, { limit: 9 }), []);
    await notify.enqueue([row("told"), row("new")]);
    assert.deepEqual(names(await notify.due(noon, 9)), ["waits", "told"]);
  });

  test("ten thousand rows are put in, bound and settled at once", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { notify } = state;
    const many = Array.from({ length: 10_000 }, (_, number) => row(`n${number}`, { content: null }));
    await notify.enqueue(many);
    await notify.bind(many, "flood");
    assert.equal((await notify.inMessage("ops", "flood")).length, many.length);
    await notify.settle(many, delivery, undefined);
    assert.deepEqual(await notify.due(noon, 9), []);
  });
});

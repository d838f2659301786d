import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import type { NotifyTable } from "../state/index.ts";
import { openState } from "../state/index.ts";
import { minute, notice, openTelling } from "./open-telling.fixture.ts";
import { openHttpReceiver } from "./receivers.fixture.ts";

/** A table whose process dies at a step, as far as anybody can see from outside. */
function dyingAt(step: "enqueue" | "bind" | "settle", table: NotifyTable): NotifyTable {
  return new Proxy(table, {
    get(target, name) {
      if (name === step) return () => Promise.reject(new Error(`killed at ${step}`));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

for (const { step, words, told } of [
  { step: "enqueue", words: "before what is to be told was put into the box", told: 1 },
  { step: "bind", words: "before the message was bound", told: 1 },
  { step: "settle", words: "between the answer and the settling", told: 2 },
] as const) {
  test(`killed ${words}, a notice is told ${told === 1 ? "once" : "once more, with the same key"}`, async () => {
    using folder = makeTemporaryFolder();
    await using receiver = await openHttpReceiver();
    {
      await using state = await openState({ directory: folder.path });
      await using first = await openTelling({ folder: folder.path, table: dyingAt(step, state.notify) });
      await first.toWebhook(receiver.url, { groupMs: minute });
      first.source.give(notice({ id: "one" }), notice({ id: "two" }));
      await first.send().catch(() => undefined);
      first.clock.advance(minute);
      await first.send().catch(() => undefined);
    }
    await using second = await openTelling({ folder: folder.path });
    second.clock.advance(minute);
    second.source.give(notice({ id: "one" }), notice({ id: "two" }));
    // More of the same thread comes before it is tried again: the message stays what it was.
    second.source.give(notice({ id: "three" }));
    for (let at = 0; at < 5; at++) {
      await second.send();
      second.clock.advance(minute);
    }
    const keys = receiver.taken.map(({ headers }) => headers["idempotency-key"]);
    const ids = receiver.taken.map(({ body }) =>
      (JSON.parse(body) as { notices: { id: string }[] }).notices.map(({ id }) => id),
    );
    const all = ids.flat();
    assert.deepEqual(all.filter((id) => id === "one").length, told, JSON.stringify(ids));
    assert.deepEqual(all.filter((id) => id === "three").length, 1);
    assert.equal(new Set(keys).size, keys.length - (told - 1));
    assert.deepEqual(await second.notifier.waiting(), {});
  });
}

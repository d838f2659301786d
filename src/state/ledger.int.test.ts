import assert from "node:assert/strict";
import { test } from "node:test";
import { noon, object, onEveryEngine } from "./engines.fixture.ts";

const oddTexts = [
  { what: "U+0000", text: "a\0b" },
  { what: "half of a surrogate pair", text: "a\u{d800}b" },
];

await onEveryEngine("the ledger", ({ makePlace, makeEmptyPlace }) => {
  for (const { what, text } of oddTexts) {
    test(`a key with ${what} is counted once and keeps none of its neighbours out`, async () => {
      await using place = await makePlace();
      await using state = await place.open();
      const odd = object(1, { name: `s3://logs/${text}`, key: text });
      for (let turn = 0; turn < 2; turn++) await state.ledger.note("noticed", [object(2), odd, object(3)], noon);
      assert.equal((await state.ledger.totals({})).known, 3);
      const [entry] = await state.ledger.entries([odd.name]);
      assert.equal(entry?.key, "a\u{fffd}b");
      await state.ledger.markRead([{ name: odd.name, records: 1, version: text }], noon);
      assert.equal((await state.ledger.totals({})).read, 1);
      assert.equal((await state.ledger.known(`s3://logs/${text}`)).size, 1);
    });

    test(`a message with ${what} is set aside, and dropped again by its own id`, async () => {
      await using place = await makePlace();
      await using state = await place.open();
      const message = { id: text, source: "main", body: text, reason: text, received: 1, setAsideAt: noon };
      await state.sources.setAside(message);
      assert.equal((await state.sources.aside("main", { limit: 9 }))[0]?.body, "a\u{fffd}b");
      await state.sources.dropAside("main", [text]);
      assert.equal(await state.sources.asideCount("main"), 0);
      await state.sources.remember("main", new Map([[text, text]]));
      assert.deepEqual([...(await state.sources.memory("main", text)).values()], [text]);
    });
  }

  test("what was left out is taken up by its selection, and what somebody read meanwhile is not", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    const objects = Array.from({ length: 1_200 }, (_, number) =>
      object(number, { accountId: number < 700 ? "111122223333" : "444455556666" }),
    );
    await ledger.note("listed", objects, noon);
    await ledger.markLeftOut(
      objects.map(({ name }) => ({ name, problem: "not selected" })),
      noon,
    );
    const [taken] = await Promise.all([
      ledger.takeUpAgain({ accountId: "111122223333" }, ["left out"]),
      ledger.markRead([{ name: objects[699]?.name ?? "", records: 1, version: "1" }], noon),
    ]);
    const totals = await ledger.totals({});
    assert.deepEqual([totals.read, totals.leftOut, totals.waiting + totals.read], [1, 500, 700]);
    assert.ok(taken === 699 || taken === 700);
    const due = await ledger.due("queue", { now: noon, heardBefore: noon, limit: 2_000 });
    assert.equal(due.length, 699);
    assert.equal(await ledger.takeUpAgain({}, []), 0);
  });

  test("a migration that breaks off leaves nothing half made", async () => {
    await using place = await makeEmptyPlace();
    await place.run("CREATE TABLE ledger_hours (in_the_way integer)");
    await assert.rejects(place.open(), { code: "state-unavailable" });
    await place.run("DROP TABLE ledger_hours");
    await using state = await place.open();
    assert.equal((await state.ledger.totals({})).known, 0);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, object, onEveryEngine } from "./engines.fixture.ts";

await onEveryEngine("what digests name in the ledger", ({ makePlace }) => {
  test("an object that nobody has heard of waits with the source that is given, and is due at once", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    await ledger.note("noticed", [object(1)], noon);
    const [known, unheard] = await ledger.note("named", [object(1), object(2, { source: "central" })], noon + hour);
    assert.deepEqual([known?.state, known?.source, known?.namedAt], ["waiting", "queue", noon + hour]);
    assert.deepEqual([unheard?.state, unheard?.source, unheard?.namedAt], ["waiting", "central", noon + hour]);
    assert.deepEqual([unheard?.noticedAt, unheard?.listedAt], [undefined, undefined]);
    const due = (source: string, heardBefore: number) =>
      ledger.due(source, { now: noon + hour, heardBefore, limit: 9 });
    assert.deepEqual(
      (await due("central", noon - hour)).map(({ name }) => name),
      [object(2).name],
    );
    // What was noticed is on its way by its notice.
    assert.deepEqual(await due("queue", noon - hour), []);
    assert.equal((await due("queue", noon + hour)).length, 1);
    assert.equal((await ledger.missing({}, { limit: 9 })).length, 2);
  });

  test("what is read, fails or was left out stays so when a digest names it, and is counted among the named", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    const [read, failing, leftOut] = [object(1), object(2), object(3)];
    await ledger.note("listed", [read, failing, leftOut], noon);
    await ledger.markRead([{ name: read.name, records: 3, version: "1" }], noon);
    await ledger.markFailing([{ name: failing.name, problem: "not found", nextTryAt: noon + 9 * hour }], noon);
    await ledger.markLeftOut([{ name: leftOut.name, problem: "not selected" }], noon);
    for (let turn = 0; turn < 2; turn++) {
      const named = await ledger.note("named", [read, failing, leftOut, object(4)], noon + hour + turn);
      assert.deepEqual(
        named.map(({ state: standing, namedAt }) => [standing, namedAt]),
        ["read", "failing", "left out", "waiting"].map((standing) => [standing, noon + hour]),
      );
    }
    assert.equal((await ledger.entries([failing.name]))[0]?.nextTryAt, noon + 9 * hour);
    const totals = await ledger.totals({});
    assert.deepEqual([totals.known, totals.read, totals.failing, totals.leftOut], [3, 1, 1, 1]);
    assert.deepEqual([totals.named, totals.listed, totals.noticed, totals.waiting], [3, 2, 0, 1]);
    const [line, ...others] = await ledger.hours({}, 9);
    assert.deepEqual([line?.named, line?.listed, line?.read, line?.leftOut, others.length], [3, 2, 1, 1, 0]);
    await ledger.takeUpAgain({}, ["left out"]);
    assert.equal((await ledger.totals({})).named, 4);
  });

  test("digests are entries of their own, counted by themselves in their hours", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    const digest = object(5, { kind: "digest" });
    await ledger.note("listed", [object(1), digest], noon);
    await ledger.note("named", [object(1)], noon);
    await ledger.markRead([{ name: digest.name, records: 0, version: "1" }], noon);
    const totals = await ledger.totals({});
    assert.deepEqual([totals.known, totals.named, totals.digests], [1, 1, { known: 1, read: 1, failing: 0 }]);
    assert.deepEqual(
      (await ledger.hours({}, 9)).map(({ kind, known, named, read }) => [kind, known, named, read]),
      [
        ["digest", 1, 0, 1],
        ["log", 1, 1, 0],
      ],
    );
    assert.deepEqual(
      (await ledger.missing({}, { limit: 9 })).map(({ kind }) => kind),
      ["log"],
    );
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, noon, onEveryEngine } from "./engines.fixture.ts";
import type { FindingRow } from "./finding-table.ts";
import { hit, minute } from "./findings.fixture.ts";

const spanOf = ({ from, to, hits }: FindingRow) => [(from - noon) / minute, (to - noon) / minute, hits];

await onEveryEngine("findings", ({ makePlace }) => {
  test("hits that are near in time are one finding, which lasts", async () => {
    await using place = await makePlace();
    const taken: FindingRow[] = [];
    {
      await using state = await place.open();
      taken.push(...(await state.findings.take([hit(0), hit(60), hit(121)], { at: noon })));
    }
    await using state = await place.open();
    const [late, early, ...others] = await state.findings.list({}, { limit: 9 });
    assert.ok(late && early);
    assert.deepEqual(others, []);
    assert.deepEqual([early, late], taken);
    assert.deepEqual(early, {
      id: early.id,
      rule: "root-login",
      group: "111122223333/alice",
      level: "medium",
      outcome: "incident",
      isStaged: false,
      accountId: "111122223333",
      region: "eu-central-1",
      actor: "alice",
      from: noon,
      to: noon + hour,
      hits: 2,
      createdAt: noon,
      changedAt: noon,
      changed: 1,
      mergedInto: undefined,
      content: { title: "At 0" },
    });
    assert.deepEqual(spanOf(late), [121, 121, 1]);
    assert.deepEqual(await state.findings.hitsOf(early.id, 9), [hit(0), hit(60)]);
    assert.deepEqual(await state.findings.hitsOf(early.id, 1), [hit(0)]);
    assert.deepEqual(await state.findings.get(late.id), late);
    assert.equal(await state.findings.get("nobody's"), undefined);
  });

  test("a hit that is known changes nothing, also within one taking", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const [first] = await state.findings.take([hit(0), hit(0, { content: "another" })]);
    assert.deepEqual(first && spanOf(first), [0, 0, 1]);
    assert.deepEqual(await state.findings.take([hit(0, { level: "critical", group: "other" })]), []);
    assert.deepEqual(await state.findings.changedSince(0, 9), [first]);
    assert.equal((await state.findings.take([hit(0, { rule: "other" })])).length, 1);
  });

  test("a finding grows: words of the earliest hit, the worst level, the strongest outcome, its own id", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const [born] = await state.findings.take([hit(30, { outcome: "observation", level: "low" })], { at: 1 });
    const [grown] = await state.findings.take(
      [
        hit(10, { level: "informational", region: "us-east-1" }),
        hit(50, { level: "critical", outcome: "notification" }),
      ],
      { at: 2 },
    );
    assert.deepEqual(grown, {
      ...born,
      level: "critical",
      outcome: "incident",
      region: "us-east-1",
      from: noon + 10 * minute,
      to: noon + 50 * minute,
      hits: 3,
      changedAt: 2,
      changed: 2,
      content: { title: "At 10" },
    });
  });

  test("a hit between two findings makes them one: that which was made first stays and has all hits", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const [second] = await state.findings.take([hit(100)], { at: 1 });
    const [first] = await state.findings.take([hit(0)], { at: 2 });
    assert.ok(first && second);
    const [joined, part] = await state.findings.take([hit(50)], { at: 3 });
    assert.ok(joined && part);
    assert.deepEqual([joined.id, spanOf(joined), joined.content], [second.id, [0, 100, 3], { title: "At 0" }]);
    assert.deepEqual([part.id, part.mergedInto, part.hits], [first.id, second.id, 0]);
    assert.deepEqual(await state.findings.list({}, { limit: 9 }), [joined]);
    assert.deepEqual(await state.findings.hitsOf(joined.id, 9), [hit(0), hit(50), hit(100)]);
    assert.deepEqual(await state.findings.hitsOf(part.id, 9), []);
    assert.deepEqual(await state.findings.changedSince(2, 9), [joined, part]);
    const [oldest] = await state.findings.take([hit(200)], { at: 0 });
    await state.findings.take([hit(150)], { at: 4 });
    assert.equal((await state.findings.get(part.id))?.mergedInto, oldest?.id);
  });

  test("rules, groups and trying out keep findings apart", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const hits = [hit(0), hit(1, { rule: "other" }), hit(2, { group: "bob" }), hit(3, { isStaged: true }), hit(4)];
    await state.findings.take(hits);
    const asked = async (ask: Parameters<typeof state.findings.list>[0]) =>
      (await state.findings.list(ask, { limit: 9 })).map(spanOf);
    assert.deepEqual(await asked({}), [
      [0, 4, 2],
      [3, 3, 1],
      [2, 2, 1],
      [1, 1, 1],
    ]);
    assert.deepEqual(await asked({ isStaged: true }), [[3, 3, 1]]);
    assert.deepEqual(await asked({ rule: "other", isStaged: false }), [[1, 1, 1]]);
  });

  test("the longer one of two dedup periods joins, also when hits come the other way round", async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [0, 2, 1],
    ]) {
      await using place = await makePlace();
      await using state = await place.open();
      const hits = [hit(0, { dedupMs: 3 * hour }), hit(100, { dedupMs: 0 }), hit(250, { dedupMs: minute })];
      for (const index of order) await state.findings.take(hits.slice(index, index + 1));
      assert.deepEqual((await state.findings.list({}, { limit: 9 })).map(spanOf), [
        [250, 250, 1],
        [0, 100, 2],
      ]);
    }
  });

  test("findings come in pages, the newest first, also where several end at once", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const hits = Array.from({ length: 10 }, (_, index) =>
      hit(Math.floor(index / 3), { event: `e${index}`, group: `g${index}` }),
    );
    await state.findings.take(hits);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await state.findings.list({}, { limit: 3, after });
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1)?.id;
    }
    assert.deepEqual(
      seen,
      (await state.findings.list({}, { limit: 99 })).map(({ id }) => id),
    );
    assert.equal(new Set(seen).size, 10);
    assert.deepEqual(await state.findings.list({}, { limit: 3, after: "nobody's" }), []);
    assert.deepEqual(await state.findings.list({ level: [] }, { limit: 3 }), []);
  });

  test("findings are found by level, account, actor and any part of their time", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.findings.take([
      hit(0, { level: "high", accountId: "444455556666" }),
      hit(30),
      hit(200, { actor: "bob", group: "bob" }),
    ]);
    const asked = async (ask: Parameters<typeof state.findings.list>[0]) =>
      (await state.findings.list(ask, { limit: 9 })).map(spanOf);
    assert.deepEqual(await asked({ level: ["high", "critical"] }), [[0, 30, 2]]);
    assert.deepEqual(await asked({ accountId: "444455556666" }), [[0, 30, 2]]);
    assert.deepEqual(await asked({ actor: "bob" }), [[200, 200, 1]]);
    assert.deepEqual(await asked({ from: noon + 30 * minute, to: noon + 31 * minute }), [[0, 30, 2]]);
    assert.deepEqual(await asked({ from: noon + 31 * minute, to: noon + 200 * minute }), []);
    assert.deepEqual(await asked({ from: noon + 31 * minute }), [[200, 200, 1]]);
  });

  test("the rules that an event hit are known, also those of its correlations, and texts of any length", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const long = `${"9".repeat(100_000)}/id\0`;
    const [one] = await state.findings.take([hit(0, { event: long, events: [long], group: long })]);
    const marked = hit(0, { rule: "many", event: `${long}#mark`, events: [long] });
    const [many] = await state.findings.take([marked, { ...marked, event: `${long}#other` }]);
    await state.findings.take([hit(5, { events: ["a", "b"], event: "whole" })]);
    const found = await state.findings.hitsOn([long, "a", "nothing"]);
    assert.deepEqual(
      [...found],
      [
        [
          long,
          [
            { rule: "many", finding: many?.id },
            { rule: "root-login", finding: one?.id },
          ],
        ],
      ],
    );
    assert.deepEqual(await state.findings.hitsOf(one?.id ?? "", 9), [
      hit(0, { event: long, events: [long], group: long }),
    ]);
  });

  test("of one rule and day ten thousand hits are kept, the rest is counted", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const many = Array.from({ length: 10_050 }, (_, index) =>
      hit(index / 1_000, { event: `e${index}`, group: `g${index % 7}` }),
    );
    await state.findings.take(many.slice(0, 6_000));
    await state.findings.take(many.slice(5_000));
    await state.findings.take([hit(24 * 60), hit(1, { rule: "other" })]);
    assert.deepEqual(
      [...(await state.findings.countByRule(noon))],
      [
        ["other", { hits: 1, notKept: 0, lastAt: noon + minute, findings: 1 }],
        ["root-login", { hits: 10_001, notKept: 50, lastAt: noon + 24 * hour, findings: 8 }],
      ],
    );
    assert.deepEqual(
      [...(await state.findings.countByRule(noon + 24 * hour))],
      [["root-login", { hits: 1, notKept: 0, lastAt: noon + 24 * hour, findings: 1 }]],
    );
  });

  test("spans are kept with the hits until each is settled, and are never numbered alike", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const span = { from: noon, to: noon + hour };
    await state.findings.take([], { spans: [span, { from: 1, to: 2 }] });
    await state.findings.settleSpan(2);
    await state.findings.take([hit(0)], { spans: [span] });
    assert.deepEqual(await state.findings.spans(), [
      { id: 1, ...span },
      { id: 3, ...span },
    ]);
  });

  test("words of detecting last, and what was never set is nothing", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    assert.equal(await state.findings.setting("seeded"), undefined);
    await state.findings.setSetting("seeded", { at: noon });
    await state.findings.setSetting("seeded", { at: noon + 1, half: "\ud83d\0" });
    assert.deepEqual(await state.findings.setting("seeded"), { at: noon + 1, half: "\ud83d\0" });
  });
});

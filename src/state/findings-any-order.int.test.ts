import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { seededRandom } from "../base/seeded-random.ts";
import { noon, onEveryEngine } from "./engines.fixture.ts";
import type { FindingRow, FindingTable } from "./finding-table.ts";
import { essenceOf, essencesOf, expectedOf, hit, inOrder, randomHits, randomLots } from "./findings.fixture.ts";

/** Reads on from where it stopped, as whoever follows findings does. */
class Follower {
  readonly seen = new Map<string, FindingRow>();
  #changed = 0;
  readonly #findings: FindingTable;

  constructor(findings: FindingTable) {
    this.#findings = findings;
  }

  async readOn(limit: number): Promise<void> {
    for (;;) {
      const rows = await this.#findings.changedSince(this.#changed, limit);
      for (const row of rows) {
        assert.ok(row.changed > this.#changed);
        this.#changed = row.changed;
        this.seen.set(row.id, row);
      }
      if (rows.length < limit) return;
    }
  }

  get standing(): FindingRow[] {
    return [...this.seen.values()].filter(({ mergedInto }) => mergedInto === undefined);
  }
}

await onEveryEngine("findings in any order", ({ name, makePlace }) => {
  test("whatever order and lots hits come in, and however often, the same findings come out", async () => {
    await using place = await makePlace();
    for (let seed = 1; seed <= (name === "SQLite" ? 4 : 2); seed++) {
      await using state = await place.open();
      // Each seed has rules of its own, so that one database is enough.
      const random = seededRandom(seed);
      const hits = randomHits(random, 120).map((each) => ({
        ...each,
        rule: `${seed} ${each.rule}`,
        event: `${seed} ${each.event}`,
      }));
      const follower = new Follower(state.findings);
      await follower.readOn(1_000);
      for (const lot of randomLots(random, hits)) {
        const before = new Map(follower.seen);
        const changed = await state.findings.take(lot);
        await follower.readOn(7);
        const differing = [...follower.seen.values()].filter((row) => before.get(row.id)?.changed !== row.changed);
        assert.deepEqual(
          differing.sort((a, b) => a.changed - b.changed),
          changed,
        );
      }
      const own = (await state.findings.list({}, { limit: 10_000 })).filter(({ rule }) => rule.startsWith(`${seed} `));
      const told = follower.standing.filter(({ rule }) => rule.startsWith(`${seed} `));
      const essences: unknown[] = [];
      for (const finding of own) essences.push(essenceOf(finding, await state.findings.hitsOf(finding.id, 1_000)));
      assert.deepEqual(inOrder(essences), inOrder(expectedOf(hits)), `seed ${seed}`);
      assert.deepEqual(new Set(told.map(({ id }) => id)), new Set(own.map(({ id }) => id)));
    }
  });

  test("what became part of a finding leads to the one that stands", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const random = seededRandom(99);
    for (const lot of randomLots(random, randomHits(random, 200))) await state.findings.take(lot);
    const all = await state.findings.changedSince(0, 10_000);
    const standing = new Set((await state.findings.list({}, { limit: 1_000 })).map(({ id }) => id));
    const parts = all.filter(({ mergedInto }) => mergedInto !== undefined);
    assert.ok(parts.length > 5);
    for (const { mergedInto, hits } of parts) assert.deepEqual([standing.has(mergedInto ?? ""), hits], [true, 0]);
    assert.equal(parts.length + standing.size, all.length);
  });

  test("several who take at once make the same, and who follows misses no change", async () => {
    await using place = await makePlace();
    // SQLite's connections of one process would wait for each other for ever.
    const states = [await place.open(), ...(name === "Postgres" ? [await place.open(), await place.open()] : [])];
    try {
      const hits = randomHits(seededRandom(5), 120);
      const [first] = states;
      assert.ok(first);
      const follower = new Follower(first.findings);
      let isDone = false;
      const following = (async () => {
        while (!isDone) {
          await follower.readOn(50);
          await turn();
        }
        await follower.readOn(50);
      })();
      await Promise.all(
        [0, 1, 2].map(async (number) => {
          const { findings } = states[number % states.length] ?? first;
          for (const lot of randomLots(seededRandom(number), hits)) await findings.take(lot);
        }),
      );
      isDone = true;
      await following;
      assert.deepEqual(await essencesOf(first.findings), inOrder(expectedOf(hits)));
      const own = new Map((await first.findings.list({}, { limit: 1_000 })).map((row) => [row.id, row]));
      assert.deepEqual(new Map(follower.standing.map((row) => [row.id, row])), own);
    } finally {
      for (const state of states) await state[Symbol.asyncDispose]();
    }
  });

  test("what fails in the middle leaves nothing behind, and is taken as a whole the next time", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.findings.take([hit(0), hit(100)]);
    const before = await state.findings.changedSince(0, 9);
    const hits = Array.from({ length: 1_200 }, (_, index) => hit(index / 10, { event: `e${index}` }));
    const bad = hit(1_000, { rule: "zz", from: noon, level: undefined as unknown as string });
    await assert.rejects(state.findings.take([...hits, bad], { spans: [{ from: 1, to: 2 }] }));
    assert.deepEqual(await state.findings.changedSince(0, 9), before);
    assert.deepEqual(await state.findings.spans(), []);
    assert.equal((await state.findings.countByRule(0)).get("root-login")?.hits, 2);
    await state.findings.take(hits);
    assert.deepEqual(await essencesOf(state.findings).then((all) => all.length), 1);
    assert.equal((await state.findings.countByRule(0)).get("root-login")?.hits, 1_202);
  });
});

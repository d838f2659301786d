import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { openImportedStore, type ImportedStore } from "../../test/fixtures/imported-store.ts";
import { seededRandom } from "../base/seeded-random.ts";
import type { Predicate } from "../predicate/index.ts";

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);
let imported: ImportedStore;
const times: number[] = [];

before(async () => {
  imported = await openImportedStore();
  const random = seededRandom(20_261_122);
  // Several parts, so thin that most of their hours have no granule that begins in them.
  for (let file = 0; file < 3; file++) {
    const records = Array.from({ length: 700 }, (_, number) => {
      const at = start + Math.floor(random() * 30 * 24 * 3_600) * 1_000;
      times.push(at);
      const eventTime = new Date(at).toISOString().replace(".000Z", "Z");
      return makeRecord(file * 700 + number, { eventTime });
    });
    const path = join(imported.directory, `log-${file}.json`);
    writeFileSync(path, makeLogFile(records));
    await imported.import(path);
  }
});
after(() => imported[Symbol.asyncDispose]());

const everything: Predicate = { kind: "all" };
/** Holds for all, and reads each record's text. */
const anyText: Predicate = { kind: "text", pattern: [{ text: "eventVersion" }] };

for (const [estimated, exactEventsMax] of [
  ["looked up", 1e9],
  ["estimated", 0],
] as const) {
  test(`each event is counted once, newest part first, where its hour is ${estimated}`, async () => {
    for (const predicate of [everything, anyText]) {
      for (const [from, to] of [
        [undefined, undefined],
        [start + 5 * 24 * hour + 1_000, start + 20 * 24 * hour + 7_000],
        [start + 29.5 * 24 * hour, undefined],
      ] as const) {
        const request = { predicate, from, to, intervalMs: hour, exactEventsMax, sliceEvents: 300 };
        const counts = new Map<number, number>();
        let [slices, last] = [0, Infinity];
        for await (const { buckets, scanned, total } of imported.store.countOverTime(request)) {
          slices++;
          for (const { at, count } of buckets) {
            assert.ok(at <= last);
            last = at;
            counts.set(at, (counts.get(at) ?? 0) + count);
          }
          assert.ok(scanned <= total);
        }
        const within = times.filter((at) => at >= (from ?? 0) && at < (to ?? Infinity));
        const expected = new Map<number, number>();
        for (const at of within) expected.set(at - (at % hour), (expected.get(at - (at % hour)) ?? 0) + 1);
        assert.deepEqual(new Map([...counts].toSorted()), new Map([...expected].toSorted()));
        if (from === undefined && exactEventsMax > 0) assert.ok(slices > 1, String(slices));
      }
    }
  });
}

test("what was looked at is all that is stored in the end, however its hours were found", async () => {
  for (const exactEventsMax of [0, 1e9]) {
    const request = { predicate: everything, intervalMs: hour, exactEventsMax, sliceEvents: 300 };
    let end = { scanned: 0, total: 0 };
    for await (const { scanned, total } of imported.store.countOverTime(request)) end = { scanned, total };
    assert.deepEqual(end, { scanned: times.length, total: times.length });
  }
});

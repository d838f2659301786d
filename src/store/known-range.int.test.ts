import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openImportedStore } from "../../test/fixtures/imported-store.ts";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";

test("events that are stored between two questions are part of the second answer, at both ends of time", async () => {
  await using imported = await openImportedStore();
  const { store, directory } = imported;
  const importOnly = async (number: number) => {
    const path = join(directory, `${number}.json`);
    writeFileSync(path, makeLogFile([makeRecord(number)]));
    await imported.import(path);
  };
  const idsAndRange = async () => {
    const { rows } = await store.page({ predicate: { kind: "all" }, order: "newest", limit: 10 });
    const range = await store.range();
    assert.deepEqual(
      range && [range.first, range.last],
      rows.length === 0 ? undefined : [rows.at(-1)?.time, rows[0]?.time],
    );
    return rows.map(({ id }) => id);
  };
  const expected: number[] = [];
  assert.deepEqual(await idsAndRange(), []);
  for (const number of [100, 90_000, 5]) {
    await importOnly(number);
    expected.push(number);
    const newestFirst = expected.toSorted((a, b) => b - a).map((each) => makeRecord(each)["eventID"]);
    assert.deepEqual(await idsAndRange(), newestFirst);
  }
});

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import { openImportedStore, type ImportedStore } from "../../../test/fixtures/imported-store.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { unjudged } from "../filter.ts";
import { noon, verdict } from "./proofs.fixture.ts";

let imported: ImportedStore;

before(async () => {
  imported = await openImportedStore();
  for (const [file, name] of ["Proven", "Broken", "Unjudged"].entries()) {
    const path = join(imported.directory, `${name}.json`);
    writeFileSync(
      path,
      makeLogFile(
        Array.from({ length: file + 1 }, (_, index) =>
          makeRecord(file * 10 + index, { eventName: name, errorCode: "No" }),
        ),
      ),
    );
    await imported.import(path);
  }
  const files = await imported.store.logFiles(9);
  const idOf = (word: string) => files.find(({ name }) => name.endsWith(`${word}.json`))?.id ?? "";
  await imported.store.proofs.putVerdicts([
    verdict(1, { logFile: idOf("Proven"), verdict: "waiting" }),
    verdict(2, { logFile: idOf("Broken"), verdict: "broken" }),
  ]);
  await imported.store.proofs.putVerdicts([verdict(1, { logFile: idOf("Proven") })]);
});
after(() => imported[Symbol.asyncDispose]());

const everything = { predicate: { kind: "all" } } as const;

async function names(verdicts: readonly string[] | undefined): Promise<string[]> {
  const { rows } = await imported.store.page({ ...everything, verdicts, order: "oldest", limit: 99 });
  return rows.map(({ eventName }) => eventName).sort();
}

test("events are found by the verdict on their log file, by the last one, and by there being none", async () => {
  assert.deepEqual(await names(["proven"]), ["Proven"]);
  assert.deepEqual(await names(["waiting"]), []);
  assert.deepEqual(await names(["broken", "proven"]), ["Broken", "Broken", "Proven"]);
  assert.deepEqual(await names([unjudged]), ["Unjudged", "Unjudged", "Unjudged"]);
  assert.deepEqual(await names([unjudged, "proven", "it's"]), ["Proven", "Unjudged", "Unjudged", "Unjudged"]);
  assert.deepEqual(await names([]), []);
  assert.equal((await names(undefined)).length, 6);
});

test("counts over time, values, exports and log files keep to the verdicts too", async () => {
  const { store } = imported;
  const filter = { ...everything, verdicts: ["broken"] };
  const slices = await Array.fromAsync(store.countOverTime({ ...filter, intervalMs: 60_000 }));
  const count = slices.flatMap(({ buckets }) => buckets).reduce((sum, bucket) => sum + bucket.count, 0);
  assert.equal(count, 2);
  assert.deepEqual(await store.topValues({ ...filter, path: ["eventName"], limit: 9 }), [
    { value: "Broken", count: 2 },
  ]);
  assert.equal((await Array.fromAsync(store.streamRaw({ ...filter, order: "oldest" }))).length, 2);
  const [file, ...others] = await store.proofs.logFilesOf(filter, 9);
  assert.deepEqual([file?.events, others], [2, []]);
  assert.equal((await store.logFile(file?.logFile ?? ""))?.name.endsWith("Broken.json"), true);
  const all = await store.proofs.logFilesOf({ ...everything, from: 0, to: noon * 2 }, 2);
  assert.deepEqual(
    all.map(({ events }) => events),
    [3, 2],
  );
});

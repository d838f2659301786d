import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openImportedStore, type ImportedStore } from "../../../test/fixtures/imported-store.ts";
import { makeRecord } from "../../../test/fixtures/made-record.ts";

let imported: ImportedStore;

before(async () => {
  imported = await openImportedStore();
});
after(() => imported[Symbol.asyncDispose]());

const hourMs = 3_600_000;

/** Records whose times go to and fro over two months, as lines of one text. */
function shuffledRecords(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Date.UTC(2026, 0, 15) + ((index * 7_919) % count) * hourMs;
    return JSON.stringify(makeRecord(first + index, { eventTime: new Date(at).toISOString().replace(".000Z", "Z") }));
  });
}

async function rawOf(name: string): Promise<string[]> {
  const file = (await imported.store.logFiles(99)).find((one) => one.name.endsWith(name));
  return (await Array.fromAsync(imported.store.proofs.rawOf(file?.id ?? ""))).map((raw) => raw.toString());
}

test("a log file's records come in the order they stood in: its text can be put together again", async () => {
  const records = shuffledRecords(0, 1_500);
  const text = `{"Records":[${records.join(",")}]}`;
  writeFileSync(join(imported.directory, "one.json"), text);
  await imported.import("one.json");
  const found = await rawOf("one.json");
  assert.deepEqual(found, records);
  const again = createHash("sha256").update(`{"Records":[${found.join(",")}]}`);
  assert.equal(again.digest("hex"), (await imported.store.logFiles(1))[0]?.sha256);
});

test("a log file that goes through several batches keeps its order", async () => {
  const records = shuffledRecords(10_000, 3_000);
  writeFileSync(join(imported.directory, "long.json"), records.join("\n"));
  writeFileSync(join(imported.directory, "next.json"), shuffledRecords(20_000, 40).join("\n"));
  await imported.import(["long.json", "next.json"], { batchBytes: 100_000 });
  assert.deepEqual(await rawOf("long.json"), records);
  assert.deepEqual(await rawOf("next.json"), shuffledRecords(20_000, 40));
});

test("a record that is read with care keeps its place", async () => {
  const records = shuffledRecords(30_000, 20);
  const odd = (records[7] ?? "").replace('"reports"', '"lone \\ud800 surrogate"');
  const mended = records.with(7, odd);
  writeFileSync(join(imported.directory, "odd.json"), `{"Records":[${mended.join(",")}]}`);
  const { recordsRejected } = await imported.import("odd.json");
  assert.equal(recordsRejected, 0);
  assert.deepEqual(await rawOf("odd.json"), mended);
});

test("a log file that nobody read has no records", async () => {
  assert.deepEqual(await Array.fromAsync(imported.store.proofs.rawOf("77")), []);
  assert.deepEqual(await Array.fromAsync(imported.store.proofs.rawOf("1' OR '1")), []);
});

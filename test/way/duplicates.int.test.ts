import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { makeEventId, makeLogFile, makeRecord } from "../fixtures/made-record.ts";
import { openImportedStore, type ImportedStore } from "../fixtures/imported-store.ts";

let imported: ImportedStore;
let folder: string;
let number = 0;
let first: number;

before(async () => {
  imported = await openImportedStore();
});
after(() => imported[Symbol.asyncDispose]());
beforeEach(() => {
  number++;
  first = number * 1_000;
  folder = join(imported.directory, `files-${number}`);
  mkdirSync(folder);
});

function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
}

async function importFolder() {
  const { recordsRead, eventsStored, duplicates, recordsRejected } = await imported.import(folder);
  return { recordsRead, eventsStored, duplicates, recordsRejected };
}

test("one event in two files is one event and one duplicate", async () => {
  write("a.json", makeLogFile([makeRecord(first)]));
  write("b.json", makeLogFile([makeRecord(first)]));
  assert.deepEqual(await importFolder(), { recordsRead: 2, eventsStored: 1, duplicates: 1, recordsRejected: 0 });
  assert.equal((await imported.store.event(makeEventId(first))).length, 1);
});

test("one eventID in two accounts is two events, each found by its account", async () => {
  write("a.json", makeLogFile([makeRecord(first), makeRecord(first, { recipientAccountId: "444455556666" })]));
  assert.deepEqual(await importFolder(), { recordsRead: 2, eventsStored: 2, duplicates: 0, recordsRejected: 0 });
  const both = await imported.store.event(makeEventId(first));
  assert.deepEqual(
    both.map(({ event }) => event.account),
    ["111122223333", "444455556666"],
  );
  const [only, ...others] = await imported.store.event(makeEventId(first), "444455556666");
  assert.equal(only?.event.account, "444455556666");
  assert.equal(others.length, 0);
});

test("one event twice in one file is stored once, and the first copy stays", async () => {
  write("a.json", makeLogFile([makeRecord(first), makeRecord(first + 1), makeRecord(first, { requestID: "LATER" })]));
  assert.deepEqual(await importFolder(), { recordsRead: 3, eventsStored: 2, duplicates: 1, recordsRejected: 0 });
});

test("a delivery that comes again under another name brings only what is new in it", async () => {
  const records = Array.from({ length: 50 }, (_, index) => makeRecord(first + index));
  write("first.json", makeLogFile(records.slice(0, 30)));
  assert.deepEqual(await importFolder(), { recordsRead: 30, eventsStored: 30, duplicates: 0, recordsRejected: 0 });
  write("second.json", makeLogFile(records.slice(20)));
  assert.deepEqual(await importFolder(), { recordsRead: 30, eventsStored: 20, duplicates: 10, recordsRejected: 0 });
  write("third.json", makeLogFile(records));
  assert.deepEqual(await importFolder(), { recordsRead: 50, eventsStored: 0, duplicates: 50, recordsRejected: 0 });
});

test("a LookupEvents copy, a line and an EventBridge message of a stored record are duplicates", async () => {
  const record = makeRecord(first);
  write("1-records.json", makeLogFile([record]));
  const entry = { EventId: record["eventID"], CloudTrailEvent: JSON.stringify(record) };
  write("2-lookup.json", JSON.stringify({ Events: [entry] }));
  write("3-lines.json", `${JSON.stringify(record)}\n`);
  write("4-bridge.json", JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: record }));
  assert.deepEqual(await importFolder(), { recordsRead: 4, eventsStored: 1, duplicates: 3, recordsRejected: 0 });
});

test("copies are found again across batches, months and records that need mending", async () => {
  const months = Array.from({ length: 12 }, (_, month) =>
    makeRecord(first + month, { eventTime: new Date(Date.UTC(2025, month, 3)).toISOString() }),
  );
  const broken = JSON.stringify(makeRecord(first + 20)).replace('"aws-cli/2.15.0"', '"tab\there"');
  write("a.json", makeLogFile([...months, broken]));
  write("b.json", makeLogFile([broken, ...months]));
  const { recordsRead, eventsStored, duplicates } = await imported.import(folder, { batchBytes: 1_000 });
  assert.deepEqual({ recordsRead, eventsStored, duplicates }, { recordsRead: 26, eventsStored: 13, duplicates: 13 });
});

test("of a file that goes on through many batches and months each event is counted", async () => {
  const spread = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      makeRecord(from + index, { eventTime: new Date(Date.UTC(2024, 0, 1, Math.floor(index / 4))).toISOString() }),
    );
  write(
    "long.json",
    spread(first * 10, 6_000)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );
  write("small.json", makeLogFile(spread(first * 10 + 7_000, 3)));
  const { eventsStored, duplicates } = await imported.import(folder, { batchBytes: 100_000 });
  assert.deepEqual([eventsStored, duplicates], [6_003, 0]);
  const listed = (await imported.store.logFiles(50)).filter(({ name }) => name.startsWith(folder));
  const counts = listed.map(({ name, records, stored }) => [name.slice(folder.length + 1), records, stored]).toSorted();
  assert.deepEqual(counts, [
    ["long.json", 6_000, 6_000],
    ["small.json", 3, 3],
  ]);
});

test("records without an id are told apart by their text", async () => {
  const nameless = (index: number) => makeRecord(first + index, { eventID: undefined });
  write("a.json", makeLogFile([nameless(0), nameless(1), nameless(0)]));
  write(
    "b.json",
    makeLogFile([makeRecord(first, { eventID: "EXAMPLE-1" }), makeRecord(first + 5, { eventID: "EXAMPLE-1" })]),
  );
  assert.deepEqual(await importFolder(), { recordsRead: 5, eventsStored: 3, duplicates: 2, recordsRejected: 0 });
  assert.equal((await imported.store.event("EXAMPLE-1")).length, 1);
});

test("a file that grew is read again and counts its old events as duplicates", async () => {
  write("grows.json", makeLogFile([makeRecord(first)]));
  assert.equal((await importFolder()).eventsStored, 1);
  write("grows.json", makeLogFile([makeRecord(first), makeRecord(first + 1)]));
  assert.deepEqual(await importFolder(), { recordsRead: 2, eventsStored: 1, duplicates: 1, recordsRejected: 0 });
});

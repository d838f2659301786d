import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openImportedStore, type ImportedStore } from "../../test/fixtures/imported-store.ts";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import type { Predicate } from "../predicate/index.ts";

const everything: Predicate = { kind: "all" };
const address = ["sourceIPAddress"];
/** How often each address calls; of the last two one is the other in another case. */
const calls = new Map([
  ["198.51.100.7", 5],
  ["2001:db8::a", 3],
  ["203.0.113.9", 2],
  ["192.0.2.1", 2],
  ["Some.Service.example", 1],
  ["some.service.EXAMPLE", 3],
]);
let imported: ImportedStore;

before(async () => {
  imported = await openImportedStore();
  const addresses = [...calls].flatMap(([from, times]) => Array.from({ length: times }, () => from));
  const records = [...addresses, undefined, ""].map((sourceIPAddress, number) =>
    makeRecord(number, { sourceIPAddress, eventName: number % 2 === 0 ? "GetObject" : "PutObject" }),
  );
  const path = join(imported.directory, "calls.json");
  writeFileSync(path, makeLogFile(records));
  await imported.import(path);
});
after(() => imported[Symbol.asyncDispose]());

test("the most frequent addresses come with their counts, whatever their case, and without those that are empty", async () => {
  assert.deepEqual(await imported.store.topValues({ predicate: everything, path: address, limit: 99 }), [
    { value: "198.51.100.7", count: 5 },
    { value: "some.service.EXAMPLE", count: 4 },
    { value: "2001:db8::a", count: 3 },
    { value: "192.0.2.1", count: 2 },
    { value: "203.0.113.9", count: 2 },
  ]);
});

test("no more come than are asked for, of the events that are asked for", async () => {
  const predicate: Predicate = {
    kind: "field",
    path: ["eventName"],
    test: { op: "equals", values: ["PutObject"], cased: true },
  };
  assert.deepEqual(await imported.store.topValues({ predicate: everything, path: address, limit: 2 }), [
    { value: "198.51.100.7", count: 5 },
    { value: "some.service.EXAMPLE", count: 4 },
  ]);
  assert.deepEqual(await imported.store.topValues({ predicate, path: address, limit: 99 }), [
    { value: "198.51.100.7", count: 2 },
    { value: "2001:db8::a", count: 2 },
    { value: "some.service.EXAMPLE", count: 2 },
    { value: "192.0.2.1", count: 1 },
    { value: "203.0.113.9", count: 1 },
  ]);
  assert.deepEqual(await imported.store.topValues({ predicate: { kind: "none" }, path: address, limit: 2 }), []);
});

test("those that contain a text are found among all", async () => {
  assert.deepEqual(
    await imported.store.topValues({ predicate: everything, path: address, limit: 9, contains: "DB8" }),
    [{ value: "2001:db8::a", count: 3 }],
  );
});

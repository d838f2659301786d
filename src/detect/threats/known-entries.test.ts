import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { EntryFiles, type ToldEntry } from "./entry-file.ts";
import { holdEntries } from "./known-entries.ts";

async function* pieces(...rows: ToldEntry[]): AsyncGenerator<readonly ToldEntry[]> {
  yield rows;
}

test("a domain stands for all that is below it, and for nothing beside it", async () => {
  const known = await holdEntries("domains", pieces(["a.b.test", 6], ["bad.example", 5]));
  assert.deepEqual(known.find("www.Bad.example"), ["bad.example", 5]);
  assert.deepEqual(known.find("bad.example"), ["bad.example", 5]);
  assert.equal(known.find("notbad.example"), undefined);
  assert.equal(known.find("example"), undefined);
  assert.equal(known.find("b.test"), undefined);
});

test("keys are found whole", async () => {
  const known = await holdEntries("keys", pieces(["AKIAA", 2], ["AKIAB", 1], ["AKIAC", 3]));
  assert.deepEqual([known.size, known.find("AKIAA"), known.find("AKIA")], [3, ["AKIAA", 2], undefined]);
});

test("a file gives back what was written, and only files that no list points to are removed", async () => {
  using folder = makeTemporaryFolder();
  const files = new EntryFiles(folder.path);
  const rows = Array.from({ length: 25_000 }, (_, index): ToldEntry => [`203.0.${index >> 8}.${index & 255}`, index]);
  const name = await files.write(rows);
  const other = await files.write(rows.slice(1));
  assert.notEqual(name, other);
  assert.deepEqual((await Array.fromAsync(files.read(name))).flat(), rows);
  await files.keepOnly(new Set([name]));
  assert.equal((await Array.fromAsync(files.read(name))).flat().length, rows.length);
  await assert.rejects(Array.fromAsync(files.read(other)));
  assert.deepEqual(await Array.fromAsync(files.read("../../etc/passwd")), []);
});

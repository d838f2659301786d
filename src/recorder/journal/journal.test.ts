import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setImmediate } from "node:timers/promises";

import { type JournalEntry } from "./entry.ts";
import { type Journal, openJournal } from "./journal.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trailwarden-journal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("entries are read back as they were written, in their order, after the journal was opened again", async () => {
  const written = Array.from({ length: 50 }, (_, number) => entry(number));
  {
    await using journal = await openJournal(folder);
    await Promise.all(written.map((one) => journal.append([one])));
  }
  await using again = await openJournal(folder);
  assert.deepEqual(await readAll(again), written);
});

test("a line that a killed process left half written is forgotten, and what comes after it is whole", async () => {
  {
    await using journal = await openJournal(folder);
    await journal.append([entry(1)]);
  }
  const [name = ""] = await readdir(folder);
  await appendFile(join(folder, name), '1700000000000\t111122223333\teu-west-1\t{"eventID":"to');
  await using again = await openJournal(folder);
  await again.append([entry(2)]);
  assert.deepEqual(await readAll(again), [entry(1), entry(2)]);
});

test("a position stays where it is over segments, and segments go when all before a position is released", async () => {
  await using journal = await openJournal(folder, { segmentBytesMax: 300 });
  for (let number = 0; number < 20; number += 1) await journal.append([entry(number)]);
  const { entries, next } = await journal.read(0, 120);
  assert.deepEqual(entries, [entry(0)]);
  assert.ok((await readdir(folder)).length > 3);
  await journal.release(next);
  assert.deepEqual((await journal.read(next, 120)).entries, [entry(1)]);
  await journal.release(journal.end);
  assert.equal((await readdir(folder)).length, 1);
  assert.deepEqual((await journal.read(journal.end, 1000)).entries, []);
});

test("segments that go while others are written to take nothing with them", async () => {
  await using journal = await openJournal(folder, { segmentBytesMax: 300 });
  const read: JournalEntry[] = [];
  let at = 0;
  for (let number = 0; number < 500; number += 1) {
    const writing = journal.append([entry(number)]);
    // By then the write is under way.
    await setImmediate();
    await journal.release(at);
    await writing;
    const page = await journal.read(at, 1000);
    read.push(...page.entries);
    at = page.next;
  }
  assert.equal(read.length, 500);
  assert.deepEqual(
    read.map(({ at: instant }) => instant),
    read.map((_, number) => entry(number).at),
  );
});

test("a line that is longer than what is read at once is read whole", async () => {
  await using journal = await openJournal(folder);
  const long = { ...entry(1), record: JSON.stringify({ eventID: "1", text: "x".repeat(100_000) }) };
  await journal.append([long]);
  assert.deepEqual((await journal.read(0, 64)).entries, [long]);
});

test("what is appended in one turn is written together", async () => {
  await using journal = await openJournal(folder);
  let writes = 0;
  journal.onAppend(() => (writes += 1));
  await Promise.all(Array.from({ length: 1000 }, (_, number) => journal.append([entry(number)])));
  assert.ok(writes <= 2, `${writes} writes`);
});

test("a text with a line break, an account that is none and a closed journal are refused", async () => {
  const journal = await openJournal(folder);
  assert.throws(() => journal.append([{ ...entry(1), record: '{"a":\n1}' }]), TypeError);
  assert.throws(() => journal.append([{ ...entry(1), recipientId: "me" }]), TypeError);
  await journal[Symbol.asyncDispose]();
  await assert.rejects(journal.append([entry(1)]), /closed/);
});

test("a line that something else wrote into the file is counted and passed over", async () => {
  await writeFile(join(folder, "0000000000000000.journal"), "hello\n");
  await using journal = await openJournal(folder);
  await journal.append([entry(1)]);
  const page = await journal.read(0, 10_000);
  assert.deepEqual(page.entries, [entry(1)]);
  assert.equal(page.unreadable, 1);
  assert.equal(page.next, (await stat(join(folder, "0000000000000000.journal"))).size);
});

function entry(number: number): JournalEntry {
  return {
    at: 1_700_000_000_000 + number,
    recipientId: "111122223333",
    region: "eu-west-1",
    record: JSON.stringify({ eventID: `event-${number}`, text: "ä€" }),
  };
}

async function readAll(journal: Journal): Promise<JournalEntry[]> {
  const all: JournalEntry[] = [];
  for (let at = journal.start; at < journal.end;) {
    const { entries, next } = await journal.read(at, 256);
    all.push(...entries);
    at = next;
  }
  return all;
}

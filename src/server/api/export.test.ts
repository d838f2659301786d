import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvCell, exportRecords } from "./export.ts";

const seed = 20;

test("no cell begins as a formula does, moves a cursor, or breaks out of its quotes", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("", "=", "+", "-", "@", "\t", "\r", "\n"),
      (text, start) => {
        const cell = csvCell(start + text);
        const inside = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        assert.doesNotMatch(inside, /^[=+\-@\t\r\n]/);
        assert.doesNotMatch(inside, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
        if (/[",\r\n]/.test(inside)) assert.match(cell, /^"(?:[^"]|"")*"$/);
      },
    ),
    { seed, numRuns: 1_000 },
  );
});

test("ordinary text stays as it is", () => {
  for (const text of ["", "arn:aws:iam::111122223333:user/alice", "a b", "Zoë 🦆"]) assert.equal(csvCell(text), text);
  assert.equal(csvCell('say "hi", twice'), '"say ""hi"", twice"');
});

test("JSON of no events, one and several is one object", async () => {
  for (const count of [0, 1, 3]) {
    async function* records(): AsyncGenerator<Buffer> {
      for (let number = 0; number < count; number++) yield Buffer.from(`{"n":${number}}`);
    }
    const text = Buffer.concat(await Array.fromAsync(exportRecords(records(), "json", []))).toString();
    assert.equal((JSON.parse(text) as { Records: unknown[] }).Records.length, count);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { safeText } from "./safe-text.ts";
import { printTable } from "./table.ts";

const seed = 20;
const anyText = fc.string({ unit: "binary", maxLength: 40 });

test("whatever the text, a terminal shows it and does nothing else", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.doesNotMatch(safeText(text), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    { seed, numRuns: 500 },
  );
});

test("text that needs no care stays as it is", () => {
  for (const text of ["", "arn:aws:iam::111122223333:user/alice", "Zoë 🦆 → ©"]) assert.equal(safeText(text), text);
  assert.equal(safeText("\u001b[31m"), "␛[31m");
  assert.equal(safeText("\u202egnp.exe"), "<U+202E>gnp.exe");
});

test("a table has one line a row, however odd the cells, and never one wider than the terminal", () => {
  const rows = fc.array(fc.tuple(anyText, anyText, anyText), { maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 20, max: 200 }), (cells, columns) => {
      const lines = printTable(["a", "b", "c"], cells, columns).split("\n");
      assert.equal(lines.length, cells.length + 2);
      for (const line of lines) assert.ok([...line].length <= columns);
    }),
    { seed, numRuns: 200 },
  );
});

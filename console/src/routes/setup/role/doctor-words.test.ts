import assert from "node:assert/strict";
import { test } from "node:test";
import { doctorSentence, sortRows } from "./doctor-words.ts";

function row(action: string, state: string, feature = "plan") {
  return { action, on: "*", feature, state, sentence: "", help: "" };
}

test("what is lacking stands first, and what it breaks is named once", () => {
  const rows = [
    row("s3:B", "allowed"),
    row("s3:C", "denied", "repair"),
    row("s3:A", "unknown"),
    row("s3:D", "denied", "repair"),
  ];
  assert.deepEqual(
    sortRows(rows).map(({ action }) => action),
    ["s3:C", "s3:D", "s3:A", "s3:B"],
  );
  assert.equal(
    doctorSentence(rows),
    "2 of 4 rights are lacking. What does not work without: repair. 1 could not be found out.",
  );
});

test("a right that could not be asked for is not said to be there", () => {
  assert.equal(doctorSentence([row("s3:A", "allowed")]), "It works: all 1 rights are there.");
  assert.equal(doctorSentence([row("s3:A", "not asked")]), "Nothing is lacking. 1 could not be found out.");
});

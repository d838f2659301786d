import assert from "node:assert/strict";
import { test } from "node:test";
import { compileMatcher } from "./match.ts";
import { remembered } from "./remembered.ts";
import type { FieldPath, Predicate } from "./tree.ts";

const like = (path: FieldPath, text: string): Predicate => ({
  kind: "field",
  path,
  test: { op: "like", pattern: ["*", { text }, "*"], cased: false },
});
const agents: Predicate = { kind: "or", of: [like(["userAgent"], "pacu"), like(["userAgent"], "kali")] };

test("a condition on one field is asked once for each text of it, and anew for what is no text", () => {
  let asked = 0;
  const matches = remembered(agents, (record) => {
    asked += 1;
    return String((record as { userAgent?: unknown }).userAgent).includes("pacu");
  });
  const answers = ["pacu", "curl", "pacu", "curl", ["pacu"], ["pacu"], undefined].map((userAgent) =>
    matches({ userAgent }, ""),
  );
  assert.deepEqual(answers, [true, false, true, false, true, true, false]);
  assert.equal(asked, 5);
  for (let number = 0; number < 1_000; number += 1) matches({ userAgent: `agent ${number}` }, "");
  assert.equal(asked, 1_005);
  assert.equal(matches({ userAgent: "pacu" }, ""), true);
});

test("a condition on several fields, or on any field, is asked each time", () => {
  const asked = () => true;
  for (const other of [
    like(["sourceIPAddress"], "1"),
    like(["*"], "1"),
    { kind: "text", pattern: [{ text: "a" }] } as const,
  ]) {
    assert.equal(remembered({ kind: "or", of: [agents, other] }, asked), asked);
  }
});

test("what is remembered of one record is right for others with lists and objects on the way", () => {
  const matches = compileMatcher({ kind: "or", of: [like(["a", "b"], "x"), like(["a", "b"], "y")] });
  const records = [
    { a: { b: "x" } },
    { a: [{ b: "z" }, { b: "x" }] },
    { a: { b: ["y"] } },
    { a: { b: "z" } },
    { a: "x" },
    {},
  ];
  for (let times = 0; times < 2; times += 1) {
    assert.deepEqual(
      records.map((record) => matches(record, JSON.stringify(record))),
      [true, true, true, false, false, false],
    );
  }
});

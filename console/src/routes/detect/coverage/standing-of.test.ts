import assert from "node:assert/strict";
import { test } from "node:test";
import { countCoverage, standingOf } from "./standing-of.ts";

const technique = (id: string, rules: string[], blind: string[] = []) => ({ id, name: id, rules, blind });

test("a technique that only rules see which cannot fire is blind, not seen", () => {
  assert.equal(standingOf({ rules: ["a"], blind: ["b"] }), "seen");
  assert.equal(standingOf({ rules: [], blind: ["b"] }), "blind");
  assert.equal(standingOf({ rules: [], blind: [] }), "open");
});

test("a technique of two tactics counts once", () => {
  const shared = technique("T1078", ["a"]);
  const tactics = [
    { id: "TA0001", name: "Initial access", techniques: [shared, technique("T1190", [])] },
    { id: "TA0003", name: "Persistence", techniques: [shared, technique("T1098", [], ["b"])] },
  ];
  assert.deepEqual(countCoverage({ tactics }), { seen: 1, blind: 1, open: 1 });
});

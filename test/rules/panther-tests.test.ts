import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sharedData, skipWithoutSharedData } from "../fixtures/shared-data.ts";
import { type CloudTrailEvent, OurRules, ruleFolders } from "./our-rules.ts";
import { pantherCoverage } from "./panther-coverage.ts";

interface PantherTest {
  readonly rule: string;
  readonly n: number;
  readonly expected: boolean;
  /** What it says of its log needs something that stands beside it. */
  readonly hasMocks: boolean;
  readonly log: CloudTrailEvent;
}

const skip = skipWithoutSharedData;
const rules = new OurRules();

function pantherTests(): readonly PantherTest[] {
  const text = readFileSync(join(sharedData, "panther-tests", "tests.ndjson"), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as PantherTest);
}

test("the table tells of each of Panther's rules, of no other, and names rules that are there", { skip }, () => {
  const theirs = new Set(pantherTests().map(({ rule }) => rule));
  assert.deepEqual(Object.keys(pantherCoverage).sort(), [...theirs].sort());
  const named = Object.values(pantherCoverage).flatMap((coverage) => ("by" in coverage ? coverage.by : []));
  assert.deepEqual(
    named.filter((rule) => !ruleFolders.includes(rule)),
    [],
  );
});

// A rule that only counts when it matches often is held against the single event, too.
test("what must fire fires a rule that the table names, and what must not fires none of them", { skip }, (context) => {
  const wrong: string[] = [];
  let held = 0;
  for (const { rule, n, expected, hasMocks, log } of pantherTests()) {
    const coverage = pantherCoverage[rule];
    if (hasMocks || coverage === undefined || "none" in coverage) continue;
    held += 1;
    const fires = rules.matching(log).some((folder) => coverage.by.includes(folder));
    if (fires !== expected) wrong.push(`${rule} ${n}: ${expected ? "is not found" : "is found"}`);
  }
  context.diagnostic(`${held} tests held`);
  assert.ok(held >= 70, String(held));
  assert.deepEqual(wrong, []);
});

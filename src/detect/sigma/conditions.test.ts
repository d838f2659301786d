import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileMatcher } from "../../predicate/index.ts";
import { type Condition, printCondition } from "./condition/condition.ts";
import { parseCondition } from "./condition/parse-condition.ts";
import { readDetectionText, refusalOf, ruleText } from "./rule-text.fixture.ts";

const searches = "sel_a:\n    a: 1\nsel_b:\n    b: 1\nsel_c:\n    c: 1\nfilter:\n    f: 1\n_off:\n    o: 1";

/** The letters of which a record has those that are named, as 1. */
function fires(condition: string, letters: string): boolean {
  const { predicate } = readDetectionText(`${searches}\ncondition: ${condition}`);
  const record = Object.fromEntries([...letters].map((letter) => [letter, 1]));
  return compileMatcher(predicate)(record, JSON.stringify(record));
}

const cases: readonly (readonly [condition: string, fires: string, silent: string])[] = [
  ["sel_a and sel_b", "ab", "a"],
  ["sel_a or sel_b and sel_c", "a", "b"],
  ["(sel_a or sel_b) and sel_c", "ac", "ab"],
  ["not sel_a and sel_b", "b", "ab"],
  ["not (sel_a and sel_b)", "a", "ab"],
  ["not not sel_a", "a", "b"],
  ["1 of sel_*", "b", "f"],
  ["any of sel_*", "b", "f"],
  ["all of sel_*", "abc", "ab"],
  ["2 of sel_*", "ac", "b"],
  ["3 of sel*", "abc", "bc"],
  ["sel_a and not 1 of filter*", "a", "af"],
  ["1 of them", "f", "o"],
  ["all of them", "abcf", "abc"],
  ["1 of _*", "o", "abc"],
  ["1 of *_a", "a", "b"],
  ["SEL_A", "", ""],
  ["sel_a AND NOT sel_b", "a", "ab"],
  ["[sel_a, sel_b and sel_c]", "bc", "b"],
];

test("conditions mean what the specification says", () => {
  for (const [condition, yes, no] of cases.filter(([, yes]) => yes !== "")) {
    assert.ok(fires(condition, yes), `${condition} on ${yes}`);
    assert.ok(!fires(condition, no), `${condition} not on ${no}`);
  }
});

test("a condition that cannot be understood is refused where it goes wrong", () => {
  const refusals: readonly (readonly [string, string])[] = [
    ["sel_a and", "There is no name"],
    ["sel_x", "24 There is no search “sel_x”; sel_a is meant, perhaps"],
    ["SEL_A", "There is no search “SEL_A”; sel_a is meant, perhaps"],
    ["(sel_a", "16 There is no ) for this ("],
    ["sel_a)", "21 There is no ( for this )"],
    ["sel_a sel_b", "“sel_b” stands where and or or belongs"],
    ["sel_*", "Behind a pattern of names stands how many of them: 1 of sel_*"],
    ["1 of nothing*", "No search is meant by “nothing*”"],
    ["4 of sel_*", "Only 3 searches are meant by “sel_*”"],
    ["0 of sel_*", "0 of is not Sigma"],
    ["sel_a | count() > 5", "Counting behind a | is the old form; write a correlation"],
    ["sel_a near sel_b", "near is the old form"],
    ["sel_a && sel_b", "“&” has no meaning"],
    ["''", "A condition is a text"],
    ["[]", "The condition is empty"],
    [`${"not ".repeat(60)}sel_a`, "nested 50 deep"],
    [`${"(".repeat(60)}sel_a${")".repeat(60)}`, "nested 50 deep"],
  ];
  for (const [condition, reason] of refusals) {
    const refusal = refusalOf(ruleText(`${searches}\ncondition: ${condition}`));
    const wanted = reason === "There is no name" ? "The name of a search is missing here" : reason.replace(/^\d+ /, "");
    assert.ok(refusal.includes(wanted), `${condition}: ${refusal}`);
  }
});

test("a place in a condition is a place in the file", () => {
  const text = ruleText(`${searches}\ncondition: sel_a and sel_x`);
  const [line = "", column = ""] = refusalOf(text).split(/[: ]/);
  assert.equal(text.split("\n")[Number(line) - 1]?.slice(Number(column) - 1), "sel_x");
  assert.match(refusalOf(ruleText(`${searches}\ncondition: 'sel_a and sel_x'`)), /^16:27 /);
});

const name = fc.constantFrom("sel", "filter_main_x", "_off", "a-b", "k1", "selection1");
const { condition: anyCondition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    fc.record({ kind: fc.constant("name" as const), name, at: fc.constant(0) }),
    fc.record({
      kind: fc.constant("some" as const),
      count: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      pattern: fc.constantFrom("them", "sel*", "*", "filter_?"),
      at: fc.constant(0),
    }),
    fc.record({ kind: fc.constant("not" as const), of: tie("condition") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      of: fc.array(tie("condition"), { minLength: 2, maxLength: 4 }),
    }),
  ),
}));

test("a printed condition is read back as the same condition", () => {
  fc.assert(
    fc.property(anyCondition, (condition) => {
      const text = printCondition(condition);
      assert.deepEqual(withoutPlaces(parseCondition(text)), withoutPlaces(condition), text);
    }),
    { seed: 20_261_121, numRuns: 500 },
  );
});

function withoutPlaces(condition: Condition): unknown {
  return JSON.parse(JSON.stringify(condition, (key, value: unknown) => (key === "at" ? undefined : value)));
}

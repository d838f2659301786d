import assert from "node:assert/strict";
import { test } from "node:test";
import { type JudgedStep, judgeValue } from "./judge-value.ts";
import { tellDifference } from "./tell-difference.ts";

const step = (before: unknown, after: unknown, more: Partial<JudgedStep> = {}): JudgedStep => ({
  before,
  after,
  wasTried: false,
  isFresh: false,
  ...more,
});
const tried = { wasTried: true };
const [was, is] = [
  { a: 1, b: 1, c: 1 },
  { a: 1, b: 2, c: 2 },
];

test("a value is made, open, or somebody else's", () => {
  const cases: readonly (readonly [now: unknown, JudgedStep, string])[] = [
    [is, step(was, is), "made"],
    [was, step(was, is), "open"],
    [undefined, step(null, is), "open"],
    [undefined, step(is, null), "made"],
    [{ ...was, b: 2 }, step(was, is), "changed"],
    [undefined, step(was, is, tried), "changed"],
    // Half-way of several calls.
    [{ ...was, b: 2 }, step(was, is, tried), "open"],
    [{ ...was, b: 3 }, step(was, is, tried), "changed"],
    [{ ...was, d: 1 }, step(was, is, tried), "changed"],
    [{ a: 1 }, step(was, null, tried), "open"],
    [{ a: 2 }, step(was, null, tried), "changed"],
    [{ z: 9 }, step(null, is, tried), "open"],
    [{ z: 9 }, step(null, is), "changed"],
    [["b", "a"], step(["a"], ["b"], tried), "open"],
    [[], step(["a"], ["b"], tried), "open"],
    [["c"], step(["a"], ["b"], tried), "changed"],
    ["theirs", step("a", "b", tried), "changed"],
    // What AWS gives a new resource.
    [{ z: 9 }, step(null, is, { isFresh: true }), "open"],
    [false, step(null, true, { isFresh: true }), "open"],
  ];
  for (const [now, of, expected] of cases) assert.equal(judgeValue(now, of), expected, JSON.stringify([now, of]));
});

test("a difference is told in a few words", () => {
  const long = { Statement: [{ Resource: "x".repeat(999) }] };
  assert.equal(tellDifference({ a: 1, b: "x" }, { a: 1, b: "y" }), 'b is "x" instead of "y"');
  assert.equal(tellDifference({ a: 1 }, { a: 1, b: [] }), "b is nothing instead of []");
  assert.match(tellDifference(is, { a: 9, b: 9, c: 9, d: 9 }), /^a is 1 instead of 9, .*, .*, and 1 more$/);
  assert.equal(tellDifference("Suspended", "Enabled"), 'it is "Suspended" instead of "Enabled"');
  assert.equal(tellDifference(undefined, "Enabled"), "it is not there any more");
  assert.equal(tellDifference(true, null), "it is there already: true");
  assert.ok(tellDifference(long, { Statement: [] }).length < 250);
  assert.ok(!tellDifference({ "a\nb": 1 }, {}).includes("\n"));
});

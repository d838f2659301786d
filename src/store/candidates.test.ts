import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileMatcher, describe, neededValues, type Predicate } from "../predicate/index.ts";
import { candidatesOf } from "./candidates.ts";

const field = (path: string, ...values: string[]): Predicate => ({
  kind: "field",
  path: path.split("."),
  test: { op: "equals", values, cased: false },
});
const and = (...of: readonly Predicate[]): Predicate => ({ kind: "and", of });
const not = (of: Predicate): Predicate => ({ kind: "not", of });
const made = (name: string) =>
  and(field("eventName", name), field("requestParameters.key", "a"), field("errorCode", "b"));

test("rules that name their events are looked for by name", () => {
  assert.deepEqual(candidatesOf([made("One"), made("Two")]).any, {
    kind: "or",
    of: [field("eventName", "one", "two")],
  });
});

test("rules that name no event are asked of columns; of what no column tells all is asked", () => {
  const deep = field("requestParameters.key", "a");
  const elsewhere = not(field("awsRegion", "c"));
  const rules = [
    and(field("errorCode", "b"), elsewhere, not(deep)),
    and(elsewhere, deep),
    not(and(elsewhere, deep)),
    deep,
  ];
  assert.deepEqual(
    rules.map((predicate) => candidatesOf([predicate]).any),
    [field("errorCode", "b"), elsewhere, not(and(elsewhere, deep)), deep].map((each) => ({
      kind: "or",
      of: [each],
    })),
  );
});

test("an event that a rule matches is always a candidate", () => {
  const leaf = fc
    .tuple(fc.constantFrom("eventName", "errorCode", "awsRegion", "other.one", "other.two"), fc.constantFrom("a", "b"))
    .map(([path, value]) => field(path, value));
  const { predicate: anyPredicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
    predicate: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("predicate"), { minLength: 1, maxLength: 3 }).map((of): Predicate => ({ kind: "and", of })),
      fc.array(tie("predicate"), { minLength: 1, maxLength: 3 }).map((of): Predicate => ({ kind: "or", of })),
      tie("predicate").map(not),
    ),
  }));
  const value = fc.constantFrom("a", "b", undefined);
  const anyRecord = fc.record({
    ...{ eventName: value, errorCode: value, awsRegion: value },
    other: fc.record({ one: value, two: value }),
  });
  fc.assert(
    fc.property(fc.array(anyPredicate, { minLength: 1, maxLength: 4 }), anyRecord, (all, record) => {
      const text = JSON.stringify(record);
      const { any, unnamed } = candidatesOf(all);
      const matched = all.filter((predicate) => compileMatcher(predicate)(record, text));
      const said = all.map((each) => describe(each)).join("; ");
      assert.ok(matched.length === 0 || compileMatcher(any)(record, text), said);
      const isUnnamed = matched.some((predicate) => neededValues(predicate, "eventName") === undefined);
      assert.ok(!isUnnamed || compileMatcher(unnamed)(record, text), said);
    }),
    { seed: 20_261_129, numRuns: 500 },
  );
});

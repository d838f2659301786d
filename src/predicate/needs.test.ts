import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "./describe.ts";
import { fieldsOf, neededValues, timeBounds } from "./needs.ts";
import type { Predicate } from "./tree.ts";

const since = (at: number): Predicate => ({
  kind: "field",
  path: ["eventTime"],
  test: { op: "compare-time", by: ">=", at },
});
const before = (at: number): Predicate => ({
  kind: "field",
  path: ["eventTime"],
  test: { op: "compare-time", by: "<", at },
});
const named: Predicate = { kind: "field", path: ["eventName"], test: { op: "equals", values: ["a"], cased: false } };

test("the bounds of time are what every match must keep to", () => {
  assert.deepEqual(timeBounds({ kind: "and", of: [since(10), named, { kind: "and", of: [since(20), before(50)] }] }), {
    from: 20,
    to: 50,
  });
  assert.deepEqual(timeBounds({ kind: "or", of: [since(10), named] }), { from: undefined, to: undefined });
  assert.deepEqual(timeBounds({ kind: "not", of: since(10) }), { from: undefined, to: undefined });
});

test("each field is listed once", () => {
  const two: Predicate = { kind: "fields", path: ["eventName"], by: "equals", other: ["a", "b"], cased: false };
  assert.deepEqual(fieldsOf({ kind: "or", of: [named, { kind: "not", of: named }, since(1), two] }), [
    ["eventName"],
    ["eventTime"],
    ["a", "b"],
  ]);
});

test("the values that a field must have are the fewest of what is joined by AND, and all of what is joined by OR", () => {
  const is = (...values: string[]): Predicate => ({
    kind: "field",
    path: ["eventName"],
    test: { op: "equals", values, cased: true },
  });
  const of = (predicate: Predicate) => {
    const values = neededValues(predicate, "eventName");
    return values && [...values];
  };
  assert.deepEqual(of({ kind: "and", of: [since(1), is("A", "B"), is("c")] }), ["c"]);
  assert.deepEqual(of({ kind: "or", of: [is("A"), { kind: "and", of: [is("B"), since(1)] }] }), ["a", "b"]);
  assert.deepEqual(of({ kind: "and", of: [is("A"), { kind: "not", of: is("b") }] }), ["a"]);
  assert.equal(of({ kind: "or", of: [is("A"), since(1)] }), undefined);
  assert.equal(of({ kind: "not", of: is("A") }), undefined);
  assert.equal(of(is("A", "Café")), undefined);
  assert.deepEqual(of({ kind: "and", of: [is("A"), { kind: "none" }] }), []);
});

test("a description is one line, whatever stands in the values", () => {
  const hostile: Predicate = { kind: "text", pattern: [{ text: `a\nb\u001b[31m\u202e${"x".repeat(500)}` }] };
  const english = describe({ kind: "and", of: [hostile, { kind: "not", of: { kind: "or", of: [named, since(0)] } }] });
  assert.match(
    english,
    /^“a\ufffdb\ufffd\[31m\ufffdx{60,}…” is somewhere in the event, and \(eventName is not a and eventTime is not at or after 1970-01-01 00:00 UTC\)$/,
  );
});

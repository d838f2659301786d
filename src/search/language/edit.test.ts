import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addFilter, clausesOf, filterState, parseQuery, removeFilter } from "./index.ts";
import { anyText } from "./random-query.fixture.ts";

test("a filter is put behind what is there, in quotation marks where it must be", () => {
  assert.equal(addFilter("", "eventName", "CreateUser", "in"), "eventName:CreateUser");
  assert.equal(addFilter("bob", "eventName", "CreateUser", "out"), "bob -eventName:CreateUser");
  assert.equal(addFilter("bob", "userAgent", 'say "hi"', "in"), 'bob userAgent:"say \\"hi\\""');
  assert.equal(addFilter("a OR b", "user", "mary", "in"), "(a OR b) user:mary");
  assert.equal(addFilter("(a OR b)", "user", "mary", "in"), "(a OR b) user:mary");
  assert.equal(addFilter("*", "user", "mary", "in"), "user:mary");
  assert.equal(addFilter("", ["requestParameters", "a.b", "c"], "x", "in"), 'requestParameters."a.b".c:x');
  assert.equal(addFilter("", "sourceIPAddress", "10.0.0.0/8", "in"), 'sourceIPAddress:"10.0.0.0/8"');
});

test("without a value a filter asks whether the field is there", () => {
  assert.equal(addFilter("bob", "errorCode", undefined, "in"), "bob errorCode:*");
  assert.equal(addFilter("bob errorCode:*", "errorCode", undefined, "out"), "bob -errorCode:*");
});

test("a filter added twice stands once, in whatever spelling it was there", () => {
  assert.equal(addFilter("eventName:CreateUser bob", "eventName", "CreateUser", "in"), "eventName:CreateUser bob");
  assert.equal(addFilter("action=createuser", "eventName", "CreateUser", "in"), "action=createuser");
  assert.equal(addFilter("NOT eventName:(a, b)", "eventName", "b", "out"), "NOT eventName:(a, b)");
});

test("the opposite of a filter takes its place", () => {
  assert.equal(addFilter("eventName:a bob", "eventName", "a", "out"), "-eventName:a bob");
  assert.equal(addFilter("bob AND -eventName:a AND x", "eventName", "a", "in"), "bob AND eventName:a AND x");
  assert.equal(addFilter("eventName:(a, b) bob", "eventName", "a", "out"), "eventName:b -eventName:a bob");
});

test("a second value of one field joins the first, for no event has both", () => {
  assert.equal(addFilter("eventName:a bob", "eventName", "b", "in"), "eventName:(a, b) bob");
  assert.equal(addFilter("eventName:(a OR b)", "action", "c d", "in"), 'eventName:(a, b, "c d")');
  assert.equal(addFilter("-eventName:a", "eventName", "b", "in"), "-eventName:a eventName:b");
  assert.equal(addFilter("-eventName:a", "eventName", "b", "out"), "-eventName:a -eventName:b");
});

test("a filter is taken away with the AND beside it", () => {
  assert.equal(removeFilter("a AND eventName:x AND b", "eventName", "x"), "a AND b");
  assert.equal(removeFilter("eventName:x AND b", "eventName", "x"), "b");
  assert.equal(removeFilter("a -eventName:x", "eventName", "x"), "a");
  assert.equal(removeFilter("eventName:(x, y)", "eventName", "x"), "eventName:y");
  assert.equal(removeFilter("eventName:x", "eventName", "other"), "eventName:x");
});

test("a query that cannot be read is kept and the filter put behind it", () => {
  assert.equal(addFilter('"open', "user", "mary", "in"), '"open user:mary');
  assert.equal(addFilter("eventNam:x", "user", "mary", "in"), "eventNam:x user:mary");
});

test("the clauses of a query are what its top AND joins", () => {
  const texts = (query: string) => clausesOf(query).map((clause) => clause.text);
  assert.deepEqual(texts('bob AND -eventName:(a, b) "c d" eventTime:[a TO b] NOT (x OR y)'), [
    "bob",
    "-eventName:(a, b)",
    '"c d"',
    "eventTime:[a TO b]",
    "NOT (x OR y)",
  ]);
  assert.deepEqual(texts("a OR b c"), ["a OR b c"]);
  assert.deepEqual(texts("a (b"), ["a", "(b"]);
});

test("any value of any field can be filtered in, out and away again", () => {
  const before = fc.constantFrom("", "bob", "eventName:x", "a OR b", "-(a b)", "errorCode:(a, b) -c");
  const field = fc.constantFrom<string | string[]>(
    "eventName",
    "userIdentity.arn",
    ["requestParameters", "a.b", 'q"'],
    "user",
    "requestParameters.x",
  );
  fc.assert(
    fc.property(before, field, anyText, (text, name, value) => {
      const added = addFilter(text, name, value, "in");
      assert.ok(parseQuery(added, { now: 0 }).ok, added);
      assert.equal(filterState(added, name, value), "in", added);
      assert.equal(addFilter(added, name, value, "in"), added);
      const turned = addFilter(added, name, value, "out");
      assert.equal(filterState(turned, name, value), "out", turned);
      assert.equal(addFilter(turned, name, value, "out"), turned);
      assert.equal(filterState(removeFilter(turned, name, value), name, value), "none", turned);
    }),
    { seed: 20_260_110, numRuns: 1_000 },
  );
});

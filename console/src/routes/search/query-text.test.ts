import assert from "node:assert/strict";
import { test } from "node:test";
import { clausesOf, errorOf, explain, invertClause, withoutClause } from "./query-text.ts";

const query = "eventName:Create* -user:(hugo, mary) NOT alice";

test("each condition can be taken away alone", () => {
  const left = clausesOf(query).map((clause) => withoutClause(query, clause));
  assert.deepEqual(left, [
    "-user:(hugo, mary) NOT alice",
    "eventName:Create* NOT alice",
    "eventName:Create* -user:(hugo, mary)",
  ]);
});

test("each condition can be turned into its opposite, and back", () => {
  const turned = clausesOf(query).map((clause) => invertClause(query, clause));
  assert.deepEqual(turned, [
    "-eventName:Create* -user:(hugo, mary) NOT alice",
    "eventName:Create* user:(hugo, mary) NOT alice",
    "eventName:Create* -user:(hugo, mary) alice",
  ]);
});

test("a search with OR at its top is turned as a whole", () => {
  const either = "CreateUser OR DeleteUser";
  const [clause] = clausesOf(either);
  assert.ok(clause);
  const turned = invertClause(either, clause);
  assert.equal(turned, "-(CreateUser OR DeleteUser)");
  assert.equal(errorOf(turned), undefined);
});

test("an empty search is no mistake and says nothing", () => {
  assert.equal(errorOf("  "), undefined);
  assert.equal(explain("  "), "");
  assert.match(errorOf("eventnam:x")?.message ?? "", /eventName/);
});

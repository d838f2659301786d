import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileMatcher } from "../predicate/index.ts";
import { anyPredicate } from "../predicate/random-predicates.fixture.ts";
import { anyRecordText } from "../predicate/random-records.fixture.ts";
import { readDetectionText } from "./sigma/rule-text.fixture.ts";
import { RuleSet } from "./rule-set.ts";

const rule = (detection: string) => readDetectionText(detection);
const keysOf = (set: RuleSet<ReturnType<typeof rule>>, record: object) =>
  set
    .matching(record, JSON.stringify(record))
    .map(({ predicate }) => rules.findIndex((each) => each.predicate === predicate));

const rules = [
  rule("s:\n    eventName: CreateUser\ncondition: s"),
  rule("s:\n    eventName: [CreateUser, DeleteUser]\nf:\n    errorCode|exists: true\ncondition: s and not f"),
  rule("s:\n    eventName|startswith: Create\ncondition: s"),
  rule("s:\n    eventSource: iam.amazonaws.com\nt:\n    eventName: PutObject\ncondition: s or t"),
  rule("s:\n    eventName: null\ncondition: s"),
  rule("s:\n    eventName: 5\ncondition: s"),
];

test("a record is asked of the rules that name its event and of those that name none, in their order", () => {
  const set = new RuleSet(rules);
  assert.equal(set.askedAlways, 3);
  assert.deepEqual(keysOf(set, { eventName: "createuser" }), [0, 1, 2]);
  assert.deepEqual(keysOf(set, { eventName: "DeleteUser", errorCode: "x", eventSource: "iam.amazonaws.com" }), [3]);
  assert.deepEqual(keysOf(set, { eventName: "PutObject" }), [3]);
  assert.deepEqual(keysOf(set, {}), [4]);
  assert.deepEqual(keysOf(set, { eventName: null }), [4]);
});

test("an event's name that is no text is asked of every rule", () => {
  const set = new RuleSet(rules);
  assert.deepEqual(keysOf(set, { eventName: ["DeleteUser", "CreateUser"] }), [0, 1, 2]);
  assert.deepEqual(keysOf(set, { eventName: 5 }), [5]);
  assert.deepEqual(keysOf(set, { eventName: "5" }), [5]);
});

test("the index leaves nothing out, whatever the rules and records", () => {
  const some = fc.array(anyPredicate, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(some, anyRecordText, (predicates, text) => {
      const record: unknown = JSON.parse(text);
      const set = new RuleSet(predicates.map((predicate) => ({ predicate })));
      const found = set.matching(record, text).map(({ predicate }) => predicate);
      assert.deepEqual(
        found,
        predicates.filter((predicate) => compileMatcher(predicate)(record, text)),
      );
    }),
    { seed: 20_261_123, numRuns: 400 },
  );
});

test("rules that name no event are left out where it is known that none of them matches", () => {
  const set = new RuleSet(rules);
  const record = { eventName: "CreateUser", eventSource: "iam.amazonaws.com" };
  const text = JSON.stringify(record);
  const found = (asksUnnamed?: boolean) =>
    set
      .matching(record, text, asksUnnamed)
      .map(({ predicate }) => rules.findIndex((each) => each.predicate === predicate));
  assert.deepEqual(
    [found(), found(true), found(false)],
    [
      [0, 1, 2, 3],
      [0, 1, 2, 3],
      [0, 1],
    ],
  );
});

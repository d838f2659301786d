import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOfRule, keptDays, keptLonger } from "./kept-days.ts";

const on = { ID: "a", Status: "Enabled" };
const after = (Days: number) => ({ Expiration: { Days } });

for (const [what, rule, prefix, days] of [
  ["the whole bucket", { ...on, Filter: { Prefix: "" }, ...after(30) }, "", 30],
  ["the whole bucket, with no filter", { ...on, ...after(30) }, "x", 30],
  ["the folder of log files", { ...on, Filter: { Prefix: "AWSLogs/" }, ...after(30) }, "", 30],
  ["one account's folder", { ...on, Prefix: "p/AWSLogs/1/", ...after(30) }, "p", 30],
  ["what stands before it", { ...on, Prefix: "p", ...after(30) }, "p/q", 30],
  ["another prefix", { ...on, Filter: { Prefix: "tmp/" }, ...after(30) }, "", undefined],
  ["a rule that is off", { ...on, Status: "Disabled", ...after(30) }, "", undefined],
  ["objects with a tag", { ...on, Filter: { Tag: { Key: "a", Value: "b" } }, ...after(30) }, "", undefined],
  ["a prefix and a tag", { ...on, Filter: { And: { Prefix: "", Tags: [{ Key: "a" }] } }, ...after(30) }, "", undefined],
  [
    "a prefix and a size",
    { ...on, Filter: { And: { Prefix: "AWS", ObjectSizeGreaterThan: 1 } }, ...after(30) },
    "",
    30,
  ],
  ["a date", { ...on, Expiration: { Date: "2027-01-01T00:00:00.000Z" } }, "", 0],
  ["markers only", { ...on, Expiration: { ExpiredObjectDeleteMarker: true } }, "", undefined],
  ["nonsense", { Status: 5, Expiration: "x" }, "", undefined],
] as const) {
  test(`days of a rule for ${what}`, () => assert.equal(daysOfRule(rule, prefix), days));
}

test("the shortest rule decides, and without any they stay for ever", () => {
  assert.equal(
    keptDays(
      [
        { ...on, ...after(30) },
        { ...on, ...after(10) },
      ],
      "",
    ),
    10,
  );
  assert.equal(keptDays([], ""), Number.POSITIVE_INFINITY);
  assert.equal(keptDays(undefined, ""), Number.POSITIVE_INFINITY);
});

test("only what deletes too soon is changed", () => {
  const moving = { ...on, ID: "move", Transitions: [{ Days: 30, StorageClass: "GLACIER_IR" }] };
  const others = { ...on, ID: "tmp", Filter: { Prefix: "tmp/" }, ...after(1) };
  const rules = [{ ...moving, ...after(60) }, others, { ...on, ...after(500) }];
  assert.deepEqual(keptLonger(rules, "", 365), [{ ...moving, ...after(365) }, others, { ...on, ...after(500) }]);
});

test("a rule that did nothing but delete goes when they are kept for ever", () => {
  const moving = { ...on, Transitions: [{ Days: 30, StorageClass: "GLACIER_IR" }] };
  const kept = keptLonger(
    [
      { ...moving, ...after(60) },
      { ...on, ...after(30) },
    ],
    "",
    Number.POSITIVE_INFINITY,
  );
  assert.deepEqual(kept, [moving]);
});

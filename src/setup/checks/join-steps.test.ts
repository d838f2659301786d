import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import { joinSteps } from "./join-steps.ts";
import { findDrifts } from "./find-drifts.ts";

test("two changes of one trail are one step, which says both", () => {
  const trail = { ...trailValue, validatesLogFiles: false, isMultiRegion: false, hasGlobalEvents: false };
  const drifts = findDrifts(withNow(contextOf(), { trail }));
  assert.equal(drifts.length, 2);
  const [step, ...more] = joinSteps(drifts);
  assert.deepEqual(more, []);
  assert.deepEqual([step?.before, step?.after], [trail, trailValue]);
  assert.match(step?.what ?? "", /record all regions again\. .*make digests again$/);
});

test("what contradicts is left to be found again", () => {
  const place = { accountId: "1", region: "r", arn: "a" };
  const step = {
    id: "x",
    setting: "bucket-policy",
    place,
    before: {},
    what: "W",
    why: "Y",
    cost: "C",
    undo: "U",
  } as const;
  const one = { ...step, after: { Statement: [{ Sid: "a" }] } };
  const other = { ...step, after: { Statement: [{ Sid: "b" }] } };
  assert.deepEqual(joinSteps([{ steps: [one] }, { steps: [other] }]), [one]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SelectorsValue } from "../settings/values.ts";
import { compareSelectors } from "./compare-selectors.ts";
import { contextOf, goodValues, withNow } from "./agreed-wiring.fixture.ts";
import { selectorsNarrowed } from "./selectors-narrowed.ts";

const was = goodValues["trail-selectors"];
const [basic = {}] = was.basic ?? [];

function find(selectors: SelectorsValue | undefined) {
  return selectorsNarrowed.find(withNow(contextOf(), { "trail-selectors": selectors }));
}
function afterOf(selectors: SelectorsValue): SelectorsValue {
  return find(selectors)[0]?.steps[0]?.after as SelectorsValue;
}

test("fewer management events are put back without asking: they are free", () => {
  const [drift] = find({ basic: [{ ...basic, ExcludeManagementEventSources: ["kms.amazonaws.com"] }] });
  assert.equal(drift?.manner, "repair");
  assert.match(drift.sentence, /does not record any more: management events of kms.amazonaws.com$/);
});

test("data events that cost money are put back only with a person's yes", () => {
  const [drift] = find({ basic: [{ ...basic, DataResources: [] }] });
  assert.equal(drift?.manner, "propose");
  assert.deepEqual(drift.steps[0]?.after, was);
});

test("a widening is none, nor another form of the same", () => {
  const more = [
    { Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda"] },
    { Type: "AWS::S3::Object", Values: ["arn:aws:s3"] },
  ];
  assert.deepEqual(find({ basic: [{ ...basic, DataResources: more }] }), []);
  const fields = [{ Field: "eventCategory", Equals: ["Management"] }];
  const functions = [
    { Field: "eventCategory", Equals: ["Data"] },
    { Field: "resources.type", Equals: ["AWS::Lambda::Function"] },
  ];
  assert.deepEqual(find({ advanced: [{ FieldSelectors: fields }, { FieldSelectors: functions }] }), []);
});

test("what was added beside is kept when the rest is put back, in either form", () => {
  const objects = {
    ReadWriteType: "All",
    IncludeManagementEvents: false,
    DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
  };
  const advanced = [
    { Field: "eventCategory", Equals: ["Data"] },
    { Field: "resources.type", Equals: ["AWS::S3::Object"] },
  ];
  for (const now of [{ basic: [objects] }, { advanced: [{ FieldSelectors: advanced }] }]) {
    const after = afterOf(now);
    assert.deepEqual(compareSelectors(was, after).lost, []);
    assert.deepEqual(compareSelectors(now, after).lost, []);
  }
});

test("five basic selectors are all that AWS takes: more are written in the advanced form", () => {
  const each = [1, 2, 3, 4, 5].map((at) => ({
    IncludeManagementEvents: false,
    DataResources: [{ Type: "AWS::S3::Object", Values: [`arn:aws:s3:::b${at}/`] }],
  }));
  const after = afterOf({ basic: each });
  assert.equal(after.basic, undefined);
  assert.deepEqual(compareSelectors(was, after).lost, []);
});

test("many kinds are told by the first few", () => {
  const base = contextOf();
  const types = Array.from({ length: 9 }, (_, at) => ({ Type: `AWS::Kind${at}::Thing`, Values: ["arn:aws:x"] }));
  const agreed = {
    ...base.agreed,
    values: { ...base.agreed.values, "trail-selectors": { basic: [{ ...basic, DataResources: types }] } },
  };
  const [drift] = selectorsNarrowed.find({ ...base, agreed });
  assert.match(drift?.sentence ?? "", /, 3 more kinds$/);
});

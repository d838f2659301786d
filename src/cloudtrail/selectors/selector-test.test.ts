import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { defaultSelectors } from "./default-selectors.ts";
import { selects } from "./selects.ts";
import { selectorTest } from "./selector-test.ts";
import {
  type AdvancedSelector,
  type BasicSelector,
  type FieldSelector,
  type RecordingTrail,
  type SelectableRecord,
} from "./selectors.ts";

const texts = fc.constantFrom(
  "a",
  "ab",
  "abc",
  "b",
  "ba",
  "arn:aws:s3:::one/",
  "arn:aws:s3:::one/key",
  "true",
  "false",
);
const fields = [
  "eventCategory",
  "eventSource",
  "eventName",
  "eventType",
  "errorCode",
  "vpcEndpointId",
  "readOnly",
  "sessionCredentialFromConsole",
  "userIdentity.arn",
  "resources.type",
  "resources.ARN",
] as const;
const values = fc.array(texts, { minLength: 1, maxLength: 3 });
const field: fc.Arbitrary<FieldSelector> = fc
  .record(
    {
      field: fc.constantFrom(...fields),
      Equals: values,
      StartsWith: values,
      EndsWith: values,
      NotEquals: values,
      NotStartsWith: values,
      NotEndsWith: values,
    },
    { requiredKeys: ["field"] },
  )
  .map((one) => one as FieldSelector);
const selector: fc.Arbitrary<AdvancedSelector> = fc.record({ fields: fc.array(field, { minLength: 1, maxLength: 4 }) });
const resource = fc.record({ type: texts, ARN: texts }, { requiredKeys: [] });
const record = fc.record(
  {
    eventCategory: texts,
    eventSource: texts,
    eventName: texts,
    eventType: texts,
    errorCode: texts,
    vpcEndpointId: texts,
    readOnly: fc.boolean(),
    sessionCredentialFromConsole: fc.constant("true"),
    userIdentity: fc.record({ arn: texts }, { requiredKeys: [] }),
    resources: fc.array(resource, { maxLength: 3 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SelectableRecord>;

/** The same question asked of each resource in turn, in the guide's words. */
function isNaivelyWanted(selectors: readonly AdvancedSelector[], of: SelectableRecord): boolean {
  for (const { fields: asked } of selectors) {
    const asksResources = asked.some(({ field: name }) => name.startsWith("resources."));
    const resources: readonly { readonly type?: string; readonly ARN?: string }[] = asksResources
      ? (of.resources ?? [])
      : [{}];
    for (const one of resources) {
      const valueOf: Record<(typeof fields)[number], string | undefined> = {
        eventCategory: of.eventCategory,
        eventSource: of.eventSource,
        eventName: of.eventName,
        eventType: of.eventType,
        errorCode: of.errorCode,
        vpcEndpointId: of.vpcEndpointId,
        readOnly: of.readOnly === undefined ? undefined : `${of.readOnly}`,
        sessionCredentialFromConsole:
          of.sessionCredentialFromConsole === undefined ? undefined : `${of.sessionCredentialFromConsole}`,
        "userIdentity.arn": of.userIdentity?.arn,
        "resources.type": one.type,
        "resources.ARN": one.ARN,
      };
      if (asked.every((question) => isNaivelyMet(question, valueOf[question.field as (typeof fields)[number]]))) {
        return true;
      }
    }
  }
  return false;
}

function isNaivelyMet(question: FieldSelector, value: string | undefined): boolean {
  let wantsSome = false;
  let isWanted = false;
  for (const [operator, list] of Object.entries(question)) {
    if (operator === "field") continue;
    for (const one of list as readonly string[]) {
      const [from, to] = [value?.slice(0, one.length), value?.slice(Math.max(0, (value?.length ?? 0) - one.length))];
      const hit =
        value !== undefined &&
        (operator.endsWith("StartsWith") ? from === one : operator.endsWith("EndsWith") ? to === one : value === one);
      if (operator.startsWith("Not") && hit) return false;
      if (!operator.startsWith("Not")) {
        wantsSome = true;
        isWanted ||= hit;
      }
    }
  }
  return isWanted || !wantsSome;
}

test("advanced selectors keep what a plain reading of them keeps", () => {
  fc.assert(
    fc.property(fc.array(selector, { minLength: 1, maxLength: 3 }), record, (selectors, of) => {
      assert.equal(selectorTest({ kind: "advanced", selectors })(of), isNaivelyWanted(selectors, of));
    }),
    { numRuns: 3000, seed: 20261120 },
  );
});

const basic: fc.Arbitrary<BasicSelector> = fc.record({
  readWriteType: fc.constantFrom("All" as const, "ReadOnly" as const, "WriteOnly" as const),
  includesManagementEvents: fc.boolean(),
  dataResources: fc.array(
    fc.record({
      type: fc.constantFrom("AWS::S3::Object", "AWS::Lambda::Function"),
      values: fc.array(
        fc.constantFrom(
          "arn:aws:s3",
          "arn:aws:s3:::one/",
          "arn:aws:s3:::one/key",
          "arn:aws:lambda",
          "arn:of:a:function",
        ),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
  excludedManagementSources: fc.subarray(["kms.amazonaws.com", "rdsdata.amazonaws.com"]),
});
const apiRecord = fc.record({
  eventCategory: fc.constantFrom("Management", "Data", "NetworkActivity"),
  eventSource: fc.constantFrom("kms.amazonaws.com", "iam.amazonaws.com", "s3.amazonaws.com"),
  readOnly: fc.boolean(),
  resources: fc.array(
    fc.record({
      type: fc.constantFrom("AWS::S3::Object", "AWS::S3::Bucket", "AWS::Lambda::Function"),
      ARN: fc.constantFrom(
        "arn:aws:s3:::one/key",
        "arn:aws:s3:::one/key-2",
        "arn:aws:s3:::two/key",
        "arn:of:a:function",
      ),
    }),
    { maxLength: 2 },
  ),
});

test("basic selectors keep what their page says (API Reference, EventSelector and DataResource)", () => {
  fc.assert(
    fc.property(fc.array(basic, { minLength: 1, maxLength: 3 }), apiRecord, (selectors, of) => {
      const isWanted = selectors.some((one) => {
        const isRight = one.readWriteType === "All" || (one.readWriteType === "ReadOnly") === of.readOnly;
        if (!isRight) return false;
        if (of.eventCategory === "Management") {
          return one.includesManagementEvents && !one.excludedManagementSources.includes(of.eventSource);
        }
        return (
          of.eventCategory === "Data" &&
          one.dataResources.some(({ type, values: wanted }) =>
            of.resources.some(
              (touched) =>
                touched.type === type &&
                wanted.some((value) =>
                  type === "AWS::S3::Object"
                    ? value === "arn:aws:s3" || touched.ARN.startsWith(value)
                    : value === "arn:aws:lambda" || touched.ARN === value,
                ),
            ),
          )
        );
      });
      assert.equal(selectorTest({ kind: "basic", selectors })(of), isWanted);
    }),
    { numRuns: 3000, seed: 20261120 },
  );
});

const trail: RecordingTrail = {
  includesGlobalServiceEvents: true,
  recordsOwnDeliveries: true,
  selectors: defaultSelectors,
};
const management = { eventCategory: "Management", eventSource: "iam.amazonaws.com", awsRegion: "us-east-1" };

test("a new trail keeps all management events and no others (API Reference, PutEventSelectors)", () => {
  assert.equal(selects(trail, { ...management, readOnly: true }), true);
  assert.equal(selects(trail, { ...management, readOnly: false }), true);
  assert.equal(selects(trail, { ...management, eventCategory: "Data" }), false);
  assert.equal(selects(trail, { ...management, eventCategory: "NetworkActivity" }), false);
});

test("a trail without global services keeps no IAM, but what is of its region (API Reference, CreateTrail)", () => {
  const without = { ...trail, includesGlobalServiceEvents: false };
  assert.equal(selects(without, management), false);
  assert.equal(selects(without, { ...management, eventSource: "ec2.amazonaws.com" }), true);
  assert.equal(selects(without, { ...management, eventSource: "sts.amazonaws.com", awsRegion: "eu-west-1" }), true);
});

test("a trail without recursive logging leaves out its own deliveries only (API Reference, Trail)", () => {
  const all = {
    kind: "advanced" as const,
    selectors: [{ fields: [{ field: "eventCategory", Equals: ["Management", "Data"] }] }],
  };
  const quiet = { ...trail, recordsOwnDeliveries: false, selectors: all };
  const delivery = {
    eventCategory: "Data",
    eventSource: "s3.amazonaws.com",
    eventName: "PutObject",
    userIdentity: { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" },
  };
  assert.equal(selects(quiet, delivery), false);
  assert.equal(selects(quiet, { ...delivery, eventSource: "logs.amazonaws.com", eventName: "PutLogEvents" }), false);
  assert.equal(selects(quiet, { ...delivery, eventName: "GetBucketAcl" }), true);
  assert.equal(selects(quiet, { ...delivery, userIdentity: { type: "IAMUser" } }), true);
  assert.equal(selects({ ...quiet, recordsOwnDeliveries: true }, delivery), true);
});

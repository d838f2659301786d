import assert from "node:assert/strict";
import { test } from "node:test";

import { assertRefused, bucket, madeUpApi, owner } from "../api/api.fixture.ts";

const arn = `arn:aws:cloudtrail:eu-west-1:${owner}:trail/trail-1`;

async function withTrail() {
  const made = madeUpApi();
  await made.call("CreateTrail", { Name: "trail-1", S3BucketName: bucket });
  return made;
}

const category = (value: string) => ({ Field: "eventCategory", Equals: [value] });
const type = (value: string) => ({ Field: "resources.type", Equals: [value] });
const management = { FieldSelectors: [category("Management")] };
const advanced = (...FieldSelectors: readonly object[]) => ({ AdvancedEventSelectors: [{ FieldSelectors }] });
const basic = (...EventSelectors: readonly object[]) => ({ EventSelectors });
const s3 = (...Values: readonly string[]) => ({ DataResources: [{ Type: "AWS::S3::Object", Values }] });
const many = (count: number, make: (n: number) => unknown) => Array.from({ length: count }, (_, n) => make(n));

const exception = "API Reference, InvalidEventSelectorsException";
const fieldPage = "API Reference, AdvancedFieldSelector";
const basicPage = "API Reference, EventSelector and DataResource";

const refused: readonly (readonly [why: string, source: string, input: object])[] = [
  ["there are none", exception, {}],
  ["both kinds are given", "API Reference, PutEventSelectors", { ...basic({}), AdvancedEventSelectors: [management] }],
  ["there are six basic ones", exception, basic(...(many(6, () => ({})) as object[]))],
  ["ReadWriteType is read-only", exception, basic({ ReadWriteType: "read-only" })],
  ["IAM is left out", basicPage, basic({ ExcludeManagementEventSources: ["iam.amazonaws.com"] })],
  ["a basic selector wants queues", basicPage, basic({ DataResources: [{ Type: "AWS::SQS::Queue", Values: [] }] })],
  ["a bucket has no slash", basicPage, basic(s3("arn:aws:s3:::bucket"))],
  ["a value has a wildcard", basicPage, basic(s3("arn:aws:s3:::bucket/*"))],
  ["a value is of another service", basicPage, basic(s3("arn:aws:lambda"))],
  [
    "there are 251 data resources",
    exception,
    basic(
      s3(...(many(200, (n) => `arn:aws:s3:::b${n}/`) as string[])),
      s3(...(many(51, (n) => `arn:aws:s3:::c${n}/`) as string[])),
    ),
  ],
  ["a selector has no fields", fieldPage, advanced()],
  ["a field has no operator", fieldPage, advanced({ Field: "eventCategory" })],
  ["an operator has no values", fieldPage, advanced({ Field: "eventCategory", Equals: [] })],
  ["a value is empty", fieldPage, advanced({ Field: "eventCategory", Equals: [""] })],
  [
    "a value has 2049 characters",
    fieldPage,
    advanced(category("Data"), type("AWS::S3::Object"), { Field: "eventName", Equals: ["x".repeat(2049)] }),
  ],
  [
    "a name has 1001 characters",
    "API Reference, AdvancedEventSelector",
    { AdvancedEventSelectors: [{ ...management, Name: "n".repeat(1001) }] },
  ],
  ["eventCategory is missing", fieldPage, advanced({ Field: "readOnly", Equals: ["true"] })],
  ["eventCategory is not Equals", fieldPage, advanced({ Field: "eventCategory", NotEquals: ["Data"] })],
  ["eventCategory has two values", fieldPage, advanced({ Field: "eventCategory", Equals: ["Management", "Data"] })],
  ["the category is Lake's", fieldPage, advanced(category("Insight"))],
  ["the category is no field's", fieldPage, advanced(category("constructor"))],
  [
    "management events by name",
    fieldPage,
    advanced(category("Management"), { Field: "eventName", Equals: ["CreateUser"] }),
  ],
  [
    "management events of one source",
    fieldPage,
    advanced(category("Management"), { Field: "eventSource", Equals: ["iam.amazonaws.com"] }),
  ],
  [
    "IAM's management events are left out",
    fieldPage,
    advanced(category("Management"), { Field: "eventSource", NotEquals: ["iam.amazonaws.com"] }),
  ],
  ["readOnly is yes", fieldPage, advanced(category("Management"), { Field: "readOnly", Equals: ["yes"] })],
  ["readOnly is NotEquals", fieldPage, advanced(category("Management"), { Field: "readOnly", NotEquals: ["true"] })],
  ["data events have no type", fieldPage, advanced(category("Data"))],
  [
    "data events have two types",
    fieldPage,
    advanced(category("Data"), type("AWS::S3::Object"), type("AWS::SQS::Queue")),
  ],
  ["a type has no form", fieldPage, advanced(category("Data"), type("objects"))],
  [
    "data events by error",
    fieldPage,
    advanced(category("Data"), type("AWS::S3::Object"), { Field: "errorCode", Equals: ["AccessDenied"] }),
  ],
  [
    "sessionCredentialFromConsole begins with something",
    fieldPage,
    advanced(category("Data"), type("AWS::S3::Object"), {
      Field: "sessionCredentialFromConsole",
      StartsWith: ["true"],
    }),
  ],
  ["network events have no source", fieldPage, advanced(category("NetworkActivity"))],
  [
    "network events have two sources",
    fieldPage,
    advanced(category("NetworkActivity"), { Field: "eventSource", Equals: ["kms.amazonaws.com", "s3.amazonaws.com"] }),
  ],
  [
    "network events of another error",
    fieldPage,
    advanced(
      category("NetworkActivity"),
      { Field: "eventSource", Equals: ["kms.amazonaws.com"] },
      { Field: "errorCode", Equals: ["AccessDenied"] },
    ),
  ],
  [
    "there are 501 values",
    exception,
    advanced(category("Data"), type("AWS::S3::Object"), { Field: "eventName", Equals: many(499, (n) => `n${n}`) }),
  ],
];

for (const [why, source, input] of refused) {
  test(`selectors are refused when ${why} (${source})`, async () => {
    const made = await withTrail();
    const before = made.trails.get(arn);
    await assertRefused(
      made.call("PutEventSelectors", { TrailName: "trail-1", ...input }),
      "InvalidEventSelectorsException",
    );
    assert.equal(made.trails.get(arn), before);
  });
}

const taken: readonly (readonly [why: string, input: object])[] = [
  [
    "all operators on ARNs and names",
    advanced(
      category("Data"),
      type("AWS::S3::Object"),
      { Field: "resources.ARN", NotStartsWith: ["arn:aws:s3:::a/"] },
      { Field: "eventName", EndsWith: ["Object"], NotEquals: ["GetObject"] },
    ),
  ],
  [
    "KMS and RDS data left out",
    advanced(category("Management"), {
      Field: "eventSource",
      NotEquals: ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
    }),
  ],
  [
    "network activity",
    advanced(
      category("NetworkActivity"),
      { Field: "eventSource", Equals: ["kms.amazonaws.com"] },
      { Field: "errorCode", Equals: ["VpceAccessDenied"] },
    ),
  ],
  [
    "500 values",
    advanced(category("Data"), type("AWS::S3::Object"), { Field: "eventName", Equals: many(498, (n) => `n${n}`) }),
  ],
  [
    "250 data resources and all of a service",
    basic(s3(...(many(250, (n) => `arn:aws:s3:::b${n}/`) as string[]), "arn:aws:s3")),
  ],
  [
    "functions and tables",
    basic({
      DataResources: [
        { Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda"] },
        { Type: "AWS::DynamoDB::Table", Values: ["arn:aws:dynamodb:eu-west-1:111111111111:table/orders"] },
      ],
    }),
  ],
];

for (const [why, input] of taken) {
  test(`selectors are taken and come back as they were: ${why}`, async () => {
    const made = await withTrail();
    const answer = await made.call("PutEventSelectors", { TrailName: "trail-1", ...input });
    assert.equal(answer.TrailARN, arn);
    assert.deepEqual(await made.call("GetEventSelectors", { TrailName: arn }), answer);
    if ("AdvancedEventSelectors" in input)
      assert.deepEqual(answer.AdvancedEventSelectors, input.AdvancedEventSelectors);
    assert.equal((await made.call("GetTrail", { Name: "trail-1" })).Trail?.HasCustomEventSelectors, true);
  });
}

test("a new trail answers one advanced selector, and the basic default is not custom (User Guide)", async () => {
  const made = await withTrail();
  assert.deepEqual(await made.call("GetEventSelectors", { TrailName: "trail-1" }), {
    TrailARN: arn,
    AdvancedEventSelectors: [{ Name: "Management events selector", ...management }],
  });
  const answer = await made.call("PutEventSelectors", { TrailName: "trail-1", ...basic({}) });
  const all = {
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  };
  assert.deepEqual(answer, { TrailARN: arn, EventSelectors: [all] });
  assert.equal((await made.call("GetTrail", { Name: "trail-1" })).Trail?.HasCustomEventSelectors, false);
});

test("insight selectors replace those before, and none ends them (API Reference, PutInsightSelectors)", async () => {
  const made = await withTrail();
  await assertRefused(made.call("GetInsightSelectors", { TrailName: "trail-1" }), "InsightNotEnabledException");
  const put = (...InsightSelectors: readonly object[]) =>
    made.call("PutInsightSelectors", { TrailName: "trail-1", InsightSelectors });
  assert.deepEqual((await put({ InsightType: "ApiErrorRateInsight" })).InsightSelectors, [
    { InsightType: "ApiErrorRateInsight", EventCategories: ["Management"] },
  ]);
  await put({ InsightType: "ApiCallRateInsight" });
  assert.deepEqual((await made.call("GetInsightSelectors", { TrailName: arn })).InsightSelectors, [
    { InsightType: "ApiCallRateInsight", EventCategories: ["Management"] },
  ]);
  assert.equal((await made.call("GetTrail", { Name: "trail-1" })).Trail?.HasInsightSelectors, true);
  await put();
  await assertRefused(made.call("GetInsightSelectors", { TrailName: "trail-1" }), "InsightNotEnabledException");
});

const insightRefusals: readonly (readonly [why: string, selectors: unknown, input: object, code: string])[] = [
  ["there is no list", undefined, {}, "InvalidInsightSelectorsException"],
  ["a type is unknown", [{ InsightType: "ApiInsight" }], {}, "InvalidInsightSelectorsException"],
  [
    "a category is unknown",
    [{ InsightType: "ApiCallRateInsight", EventCategories: ["Network"] }],
    {},
    "InvalidInsightSelectorsException",
  ],
  [
    "the trail records no data events",
    [{ InsightType: "ApiCallRateInsight", EventCategories: ["Data"] }],
    {},
    "InvalidInsightSelectorsException",
  ],
  ["a store is named as well", [], { EventDataStore: "x" }, "InvalidParameterCombinationException"],
];

for (const [why, InsightSelectors, input, code] of insightRefusals) {
  test(`insight selectors are refused when ${why} (API Reference, PutInsightSelectors)`, async () => {
    const made = await withTrail();
    await assertRefused(made.call("PutInsightSelectors", { TrailName: "trail-1", InsightSelectors, ...input }), code);
  });
}

test("call rates need a trail that records writes, error rates need any (User Guide, Insights)", async () => {
  const made = await withTrail();
  await made.call("PutEventSelectors", { TrailName: "trail-1", ...basic({ ReadWriteType: "ReadOnly" }) });
  const put = (InsightType: string) =>
    made.call("PutInsightSelectors", { TrailName: "trail-1", InsightSelectors: [{ InsightType }] });
  await assertRefused(put("ApiCallRateInsight"), "InvalidInsightSelectorsException");
  await put("ApiErrorRateInsight");
});

test("insights are refused to a bucket that CloudTrail may not write (API Reference, PutInsightSelectors)", async () => {
  const made = await withTrail();
  made.outlets.refusals.set(`probe ${bucket}`, "AccessDenied");
  const input = { TrailName: "trail-1", InsightSelectors: [{ InsightType: "ApiCallRateInsight" }] };
  await assertRefused(made.call("PutInsightSelectors", input), "InsufficientS3BucketPolicyException");
});

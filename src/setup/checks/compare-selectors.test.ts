import assert from "node:assert/strict";
import { test } from "node:test";
import type { SelectorsValue } from "../settings/values.ts";
import { compareSelectors } from "./compare-selectors.ts";

type Field = readonly [field: string, ...operators: (readonly [operator: string, ...values: readonly string[]])[]];

const management: Field = ["eventCategory", ["Equals", "Management"]];
const data: Field = ["eventCategory", ["Equals", "Data"]];
const objects: Field = ["resources.type", ["Equals", "AWS::S3::Object"]];
const writes: Field = ["readOnly", ["Equals", "false"]];
const reads: Field = ["readOnly", ["Equals", "true"]];
const logs = "arn:aws:s3:::logs/";

function advanced(...selectors: readonly (readonly Field[])[]): SelectorsValue {
  return {
    advanced: selectors.map((fields) => ({
      FieldSelectors: fields.map(([Field, ...operators]) => ({
        Field,
        ...Object.fromEntries(operators.map(([operator, ...values]) => [operator, values])),
      })),
    })),
  };
}
function basic(...selectors: readonly object[]): SelectorsValue {
  return { basic: selectors.map((selector) => ({ ...selector })) };
}
const all = basic({ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] });
const withObjects = (...Values: readonly string[]) =>
  basic({ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [{ Type: "AWS::S3::Object", Values }] });

const cases: readonly (readonly [
  string,
  SelectorsValue | undefined,
  SelectorsValue | undefined,
  string[],
  string[],
])[] = [
  ["both forms of all management events", all, advanced([management]), [], []],
  ["those of a new trail", undefined, all, [], []],
  ["reads left out, basic", all, basic({ ReadWriteType: "WriteOnly" }), ["management events that read"], []],
  ["reads left out, advanced", all, advanced([management, writes]), ["management events that read"], []],
  ["reads and writes apart are all", all, advanced([management, writes], [management, reads]), [], []],
  [
    "a service left out",
    advanced([management]),
    advanced([management, ["eventSource", ["NotEquals", "kms.amazonaws.com"]]]),
    ["management events of kms.amazonaws.com"],
    [],
  ],
  [
    "the same service left out in both forms",
    basic({ ExcludeManagementEventSources: ["kms.amazonaws.com"] }),
    advanced([management, ["eventSource", ["NotEquals", "kms.amazonaws.com"]]]),
    [],
    [],
  ],
  ["data events added", all, withObjects("arn:aws:s3"), [], ["data events of AWS::S3::Object"]],
  ["data events left out", withObjects("arn:aws:s3"), all, ["data events of AWS::S3::Object"], []],
  ["all buckets in both forms", withObjects("arn:aws:s3"), advanced([management], [data, objects]), [], []],
  [
    "one bucket instead of all",
    advanced([data, objects]),
    advanced([data, objects, ["resources.ARN", ["StartsWith", logs]]]),
    ["data events of AWS::S3::Object"],
    [],
  ],
  [
    "a part of a bucket instead of all of it",
    withObjects(logs),
    withObjects(`${logs}a/`),
    [`data events of AWS::S3::Object on ${logs}`, `data events of AWS::S3::Object on ${logs}…`],
    [],
  ],
  [
    "the whole bucket instead of a part",
    withObjects(`${logs}a/`),
    withObjects(logs, `${logs}a/`),
    [],
    [`data events of AWS::S3::Object on ${logs}`, `data events of AWS::S3::Object on ${logs}…`],
  ],
  [
    "one call left out",
    advanced([data, objects]),
    advanced([data, objects, ["eventName", ["NotEquals", "GetObject"]]]),
    ["data events of AWS::S3::Object named GetObject"],
    [],
  ],
  [
    "another function",
    basic({ DataResources: [{ Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda:us-east-1:1:function:a"] }] }),
    basic({ DataResources: [{ Type: "AWS::Lambda::Function", Values: ["arn:aws:lambda:us-east-1:1:function:b"] }] }),
    ["data events of AWS::Lambda::Function on arn:aws:lambda:us-east-1:1:function:a"],
    ["data events of AWS::Lambda::Function on arn:aws:lambda:us-east-1:1:function:b"],
  ],
  [
    "network activity left out",
    advanced(
      [management],
      [
        ["eventCategory", ["Equals", "NetworkActivity"]],
        ["eventSource", ["Equals", "s3.amazonaws.com"]],
      ],
    ),
    all,
    ["network activity events of s3.amazonaws.com"],
    [],
  ],
  ["no management events any more", all, basic({ IncludeManagementEvents: false }), ["management events"], []],
  ["no selector at all", all, { basic: [] }, ["management events"], []],
];

for (const [what, before, now, lost, gained] of cases) {
  test(`compares what is recorded: ${what}`, () => {
    const compared = compareSelectors(before, now);
    assert.deepEqual(
      compared.lost.map(({ words }) => words),
      lost,
    );
    assert.deepEqual(
      compared.gained.map(({ words }) => words),
      gained,
    );
  });
}

test("the category of what is lost is told", () => {
  assert.deepEqual(
    compareSelectors(withObjects("arn:aws:s3"), { basic: [] }).lost.map(({ category }) => category),
    ["Data", "Management"],
  );
});

test("selectors too manifold to try are compared as they stand", () => {
  const many = (start: string): Field => [
    "eventName",
    ["Equals", ...Array.from({ length: 400 }, (_, at) => `${start}${at}`)],
  ];
  const arns: Field = ["resources.ARN", ["Equals", ...Array.from({ length: 400 }, (_, at) => `arn:${at}`)]];
  const before = advanced([data, objects, many("Get"), arns]);
  assert.deepEqual(compareSelectors(before, before), { lost: [], gained: [] });
  const { lost } = compareSelectors(before, advanced([data, objects, many("Put"), arns]));
  assert.deepEqual(lost, [{ category: "Data", words: "data events of AWS::S3::Object" }]);
});

test("what is no selector records nothing", () => {
  const odd = { advanced: [{ FieldSelectors: "x" }, {}, { FieldSelectors: [{ Field: 5 }] }] };
  assert.deepEqual(compareSelectors(odd, odd), { lost: [], gained: [] });
  assert.equal(compareSelectors(all, odd).lost.length, 1);
});

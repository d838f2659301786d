import assert from "node:assert/strict";
import { test } from "node:test";
import { isSameValue } from "./same-value.ts";

const statement = {
  Sid: "write",
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: ["s3:PutObject", "s3:GetBucketAcl"],
  Resource: ["arn:aws:s3:::logs/a/*", "arn:aws:s3:::logs/b/*"],
  Condition: { StringEquals: { "aws:SourceArn": "arn:aws:cloudtrail:eu-central-1:111122223333:trail/main" } },
};
const policy = (...changes: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: changes.map((change) => ({ ...statement, ...change })),
});

test("values that AWS reads alike are the same", () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [
      { a: 1, b: { c: [], d: "x" } },
      { b: { d: "x", c: [] }, a: 1 },
    ],
    [undefined, null],
    [{ a: 1, b: undefined }, { a: 1 }],
    [
      ["b", "a"],
      ["a", "b"],
    ],
    [
      [{ ID: "old", Status: "Enabled" }, { ID: "b" }],
      [{ ID: "b" }, { Status: "Enabled", ID: "old" }],
    ],
    [true, true],
    [policy({ Action: "s3:PutObject" }), policy({ Action: ["s3:PutObject"] })],
    [policy({}), policy({ Action: ["s3:GetBucketAcl", "s3:PutObject"] })],
    [policy({}), policy({ Resource: ["arn:aws:s3:::logs/b/*", "arn:aws:s3:::logs/a/*"] })],
    [policy({ Action: "SNS:Publish" }), policy({ Action: "sns:publish" })],
    [policy({ Action: ["s3:Get*", "s3:Get*"] }), policy({ Action: "s3:Get*" })],
    [policy({ Principal: "*" }), policy({ Principal: { AWS: ["*"] } })],
    [policy({ Principal: { AWS: "111122223333" } }), policy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } })],
    [
      policy({ Condition: { Bool: { "aws:SecureTransport": false } } }),
      policy({ Condition: { Bool: { "AWS:SecureTransport": ["false"] } } }),
    ],
    [policy({ Sid: "a" }, { Sid: "b" }), policy({ Sid: "b" }, { Sid: "a" })],
    [{ Version: "2012-10-17", Statement: statement }, policy({})],
    [{ Statement: [statement] }, { Version: "2008-10-17", Statement: [statement] }],
  ];
  for (const [index, [a, b]] of cases.entries()) {
    assert.ok(isSameValue(a, b) && isSameValue(b, a), `case ${index}`);
  }
});

test("values that AWS tells apart are not the same", () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [undefined, false],
    [null, ""],
    [null, {}],
    [[], {}],
    [0, "0"],
    [{ a: 1 }, { a: 1, b: 1 }],
    [["a", "a"], ["a"]],
    [["a"], "a"],
    [policy({}), policy({ Action: ["s3:PutObject"] })],
    [policy({}), policy({ Effect: "Deny" })],
    [policy({ Resource: "arn:aws:s3:::logs/a" }), policy({ Resource: "arn:aws:s3:::logs/A" })],
    [policy({ Principal: { AWS: "*" } }), policy({ Principal: { Service: "*" } })],
    [policy({ Principal: { AWS: "111122223333" } }), policy({ Principal: { AWS: "444455556666" } })],
    [policy({ Condition: { StringEquals: { a: "X" } } }), policy({ Condition: { StringEquals: { a: "x" } } })],
    [policy({ Condition: { StringEquals: { a: "x" } } }), policy({ Condition: { StringLike: { a: "x" } } })],
    [policy({}), { ...policy({}), Version: "2008-10-17" }],
    [policy({}), policy({}, { Sid: "another" })],
  ];
  for (const [index, [a, b]] of cases.entries()) {
    assert.ok(!isSameValue(a, b) && !isSameValue(b, a), `case ${index}`);
  }
});

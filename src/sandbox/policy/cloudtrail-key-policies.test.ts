import assert from "node:assert/strict";
import { test } from "node:test";

import { asTrail, type Case, otherTrail, service, testCases, trail } from "./cloudtrail-policies.fixture.ts";
import { decide, foreign, own, policyOf, principals } from "./policy.fixture.ts";

const key = `arn:aws:kms:us-east-1:${own}:key/1`;
const ofKey = { ...asTrail, "kms:EncryptionContext:aws:cloudtrail:arn": trail };
function mayMakeKeys(condition: object): object {
  return { Effect: "Allow", Principal: service, Action: "kms:GenerateDataKey*", Resource: "*", Condition: condition };
}
const context = { StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${own}:trail/*` } };
// CloudTrail User Guide, 'Configure AWS KMS key policies for CloudTrail'.
const keys: readonly Case[] = [
  [
    "the guide's key",
    [mayMakeKeys({ ...context, StringEquals: { "aws:SourceArn": trail } })],
    "kms:GenerateDataKey",
    key,
    ofKey,
    true,
  ],
  [
    "a key for another trail",
    [mayMakeKeys({ ...context, StringEquals: { "aws:SourceArn": otherTrail } })],
    "kms:GenerateDataKey",
    key,
    ofKey,
    false,
  ],
  [
    "a key for another account's trails",
    [
      mayMakeKeys({
        StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${foreign}:trail/*` },
      }),
    ],
    "kms:GenerateDataKey",
    key,
    ofKey,
    false,
  ],
  ["a key without its context", [mayMakeKeys(context)], "kms:GenerateDataKey", key, asTrail, false],
  ["a key that may be made but not described", [mayMakeKeys(context)], "kms:DescribeKey", key, ofKey, false],
  [
    "a key that may be described",
    [
      {
        Effect: "Allow",
        Principal: service,
        Action: "kms:DescribeKey",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceArn": trail } },
      },
    ],
    "kms:DescribeKey",
    key,
    asTrail,
    true,
  ],
];

testCases(keys);

test("readers of encrypted log files are those whose key policy asks for CloudTrail's context", () => {
  const resourcePolicy = policyOf("resource", {
    Effect: "Allow",
    Principal: { AWS: principals.ana.arn },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { Null: { "kms:EncryptionContext:aws:cloudtrail:arn": "false" } },
  });
  const request = { action: "kms:Decrypt", resource: key, resourcePolicy, needsResourcePolicy: true };
  assert.equal(decide(principals.ana, { ...request, context: ofKey }).allowed, true);
  assert.equal(decide(principals.ana, request).allowed, false);
});

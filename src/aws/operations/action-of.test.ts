import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf } from "./action-of.ts";

const cases = [
  ["cloudtrail", "PutEventSelectors", "cloudtrail:PutEventSelectors"],
  ["s3", "GetBucketPolicy", "s3:GetBucketPolicy"],
  ["s3", "HeadBucket", "s3:ListBucket"],
  ["s3", "ListObjectsV2", "s3:ListBucket"],
  ["s3", "DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock"],
  ["sqs", "DeleteMessageBatch", "sqs:DeleteMessage"],
] as const;

for (const [service, operation, action] of cases) {
  test(`${service} ${operation} takes ${action}`, () => {
    assert.equal(actionOf(service, operation), action);
  });
}

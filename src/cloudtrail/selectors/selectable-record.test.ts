import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { type CloudTrailRecord } from "../record.ts";
import { selectableRecord } from "./selectable-record.ts";
import { selectorTest } from "./selector-test.ts";

test("a record's fields are passed on as selectors ask for them", () => {
  assert.deepEqual(
    selectableRecord({
      eventCategory: "Data",
      eventSource: "s3.amazonaws.com",
      eventName: "GetObject",
      readOnly: "true",
      awsRegion: "eu-west-1",
      userIdentity: { arn: "arn:aws:iam::111122223333:user/alice", type: "IAMUser" },
      resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::a/b", accountId: "111122223333" }],
    }),
    {
      eventCategory: "Data",
      eventSource: "s3.amazonaws.com",
      eventName: "GetObject",
      readOnly: "true",
      awsRegion: "eu-west-1",
      userIdentity: { arn: "arn:aws:iam::111122223333:user/alice" },
      resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::a/b" }],
    },
  );
});

test("a record without a category is of data events only when it says so", () => {
  assert.equal(selectableRecord({ managementEvent: false }).eventCategory, "Data");
  assert.equal(selectableRecord({ managementEvent: true }).eventCategory, "Management");
  assert.equal(selectableRecord({}).eventCategory, "Management");
});

test("whatever stands in a record's fields, selectors can be asked", () => {
  const names = ["eventSource", "eventName", "resources", "userIdentity", "readOnly", "errorCode", "eventCategory"];
  const keeps = selectorTest({
    kind: "advanced",
    selectors: [
      {
        fields: [
          { field: "resources.type", Equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", StartsWith: ["arn"] },
          { field: "userIdentity.arn", NotEquals: ["x"] },
          { field: "eventName", EndsWith: ["t"] },
        ],
      },
    ],
  });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (record) => {
      assert.equal(typeof keeps(selectableRecord(record as CloudTrailRecord)), "boolean");
    }),
    { seed: 20261121 },
  );
});

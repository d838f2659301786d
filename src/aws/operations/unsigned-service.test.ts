import assert from "node:assert/strict";
import { test } from "node:test";

import { type Parameters } from "./query-parameters.ts";
import { unsignedServiceOf } from "./unsigned-service.ts";

const cases: readonly (readonly [says: string, target: string | undefined, Parameters, service: string | undefined])[] =
  [
    ["a target", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.StopLogging", [], "cloudtrail"],
    ["a target of a service that is not described here", "DynamoDB_20120810.PutItem", [], "dynamodb"],
    ["a target that nobody has", "Nothing_20200101.DoIt", [], undefined],
    ["a target, whatever its query says", "AmazonSQS.SendMessage", [["Version", "2010-05-08"]], "sqs"],
    [
      "an action and a version",
      undefined,
      [
        ["Action", "ListUsers"],
        ["Version", "2010-05-08"],
      ],
      "iam",
    ],
    ["an action of no version", undefined, [["Action", "ListUsers"]], undefined],
    ["a version without an action, as a key of S3 may have", undefined, [["Version", "2010-05-08"]], "s3"],
    ["nothing", undefined, [], "s3"],
  ];

for (const [says, target, parameters, service] of cases)
  test(`an unsigned request that says ${says} is for ${service ?? "nobody"}`, () => {
    const headers = target === undefined ? {} : { "x-amz-target": target };
    assert.equal(unsignedServiceOf({ method: "POST", path: "/", query: "", headers }, parameters), service);
  });

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { AwsError } from "../aws-error.ts";
import { type ServiceName } from "../models.ts";
import { loadOperations } from "../operations/load-operations.ts";
import { type AwsOperation } from "../operations/operation.ts";
import { decodeError, decodeResponse } from "./decode-response.ts";
import { encodeError } from "./encode-error.ts";
import { encodeResponse } from "./encode-response.ts";
import { plain, valuesOf } from "./values.fixture.ts";

const requestId = "request-1";

async function operationOf(service: ServiceName, name: string): Promise<AwsOperation> {
  const operation = (await loadOperations(service)).operations.get(name);
  assert.ok(operation);
  return operation;
}

for (const [service, names] of [
  [
    "s3",
    [
      "ListObjectsV2",
      "GetBucketLifecycleConfiguration",
      "HeadObject",
      "GetBucketPolicy",
      "GetBucketLocation",
      "GetObjectAcl",
    ],
  ],
  ["iam", ["CreateUser", "GetAccountSummary", "ListRoles"]],
  ["ec2", ["DescribeInstances", "RunInstances"]],
  ["guardduty", ["GetFindings", "GetDetector"]],
  ["cloudtrail", ["DescribeTrails", "GetTrailStatus"]],
  ["sqs", ["ReceiveMessage", "GetQueueAttributes"]],
] as const)
  test(`answers of ${service} that pass through are read`, async () => {
    for (const name of names) {
      const operation = await operationOf(service, name);
      fc.assert(
        fc.property(valuesOf(operation, "output"), (output) => {
          const { status, headers, body } = encodeResponse(operation, output, { requestId });
          const bytes = typeof body === "string" ? Buffer.from(body) : undefined;
          assert.deepEqual(plain(decodeResponse(operation, { status, headers, body: bytes })), plain(output), name);
        }),
        { numRuns: 20, seed: 1 },
      );
    }
  });

for (const [service, name, code] of [
  ["s3", "GetObject", "NoSuchKey"],
  ["iam", "GetUser", "NoSuchEntity"],
  ["ec2", "RunInstances", "InvalidAMIID.NotFound"],
  ["guardduty", "GetDetector", "BadRequestException"],
  ["cloudtrail", "GetTrail", "TrailNotFoundException"],
  ["sqs", "SendMessage", "AWS.SimpleQueueService.NonExistentQueue"],
] as const)
  test(`an error of ${service} that passes through is read`, async () => {
    const operation = await operationOf(service, name);
    const error = new AwsError(code, "It is <not> there", 404);
    const { status, headers, body } = encodeError(operation.protocol, error, { requestId, service: operation.service });
    const read = decodeError(operation, { status, headers, body: Buffer.from(String(body)) });
    assert.deepEqual([read.code, read.message, read.status], [code, "It is <not> there", 404]);
  });

test("an error without a body, or with one that is something else, goes by its status", async () => {
  const operation = await operationOf("s3", "HeadObject");
  assert.equal(decodeError(operation, { status: 404, headers: {}, body: undefined }).code, "NotFound");
  assert.equal(
    decodeError(operation, { status: 502, headers: {}, body: Buffer.from("<html>") }).code,
    "InternalFailure",
  );
});

test("an answer that cannot be read is said to be so", async () => {
  const operation = await operationOf("cloudtrail", "GetTrail");
  assert.throws(() => decodeResponse(operation, { status: 200, headers: {}, body: Buffer.from("{") }), {
    code: "MalformedResponse",
  });
});

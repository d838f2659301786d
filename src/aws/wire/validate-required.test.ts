import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../aws-error.ts";
import { loadOperations } from "../operations/load-operations.ts";
import { validateRequired } from "./validate-required.ts";

// Codes as in each service's "Common errors" and S3's "Error responses".
for (const [service, name, input, code, path] of [
  ["cloudtrail", "CreateTrail", { Name: "t" }, "ValidationException", "s3BucketName"],
  ["cloudtrail", "AddTags", { ResourceId: "a", TagsList: [{}] }, "ValidationException", "tagsList.1.member.key"],
  ["iam", "CreateUser", {}, "ValidationError", "userName"],
  ["iam", "TagUser", { UserName: "u", Tags: [{ Key: "k" }] }, "ValidationError", "tags.1.member.value"],
  ["ec2", "TerminateInstances", {}, "MissingParameter", "InstanceIds"],
  ["sqs", "SendMessage", { QueueUrl: "q" }, "MissingParameter", "MessageBody"],
  ["logs", "CreateLogGroup", {}, "InvalidParameterException", "logGroupName"],
  ["guardduty", "CreateDetector", {}, "BadRequestException", "Enable"],
  ["s3", "PutBucketPolicy", { Bucket: "b" }, "MissingRequestBodyError", "empty"],
  ["s3", "DeleteObjects", { Bucket: "b", Delete: { Objects: [{}] } }, "MalformedXML", ""],
] as const)
  test(`${service} ${name} without ${path} is ${code}`, async () => {
    const operation = (await loadOperations(service)).operations.get(name);
    assert.ok(operation);
    assert.throws(
      () => validateRequired(operation, input),
      (error) => error instanceof AwsError && error.code === code && error.message.includes(path),
    );
  });

test("what is optional may be missing, and a streamed body is not looked for", async () => {
  const s3 = await loadOperations("s3");
  const put = s3.operations.get("PutObject");
  const list = s3.operations.get("ListBuckets");
  assert.ok(put && list);
  validateRequired(put, { Bucket: "b", Key: "k" });
  validateRequired(list, {});
});

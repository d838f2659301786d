import assert from "node:assert/strict";
import { test } from "node:test";

import { AwsError } from "../aws-error.ts";
import { AwsCallError } from "../clients/client-error.ts";
import { type ServiceName } from "../models.ts";
import { loadOperations } from "../operations/load-operations.ts";
import { encodeError } from "./encode-error.ts";
import { sdkTraffic } from "./sdk-traffic.fixture.ts";

interface SdkError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** What the SDK's client throws for an error of ours. */
async function readBySdk(service: ServiceName, operation: string, input: object, error: AwsError): Promise<SdkError> {
  const model = await loadOperations(service);
  const protocol = model.operations.get(operation)?.protocol;
  assert.ok(protocol);
  const answer = encodeError(protocol, error, {
    requestId: "request-1",
    service: model,
    isHead: operation.startsWith("Head"),
  });
  const traffic = await sdkTraffic(service);
  try {
    await traffic.readAnswer(operation, input, answer);
  } catch (caught) {
    assert.ok(caught instanceof AwsCallError);
    return caught.cause as SdkError;
  }
  throw new Error("nothing was thrown");
}

const message = 'It is <not> "there" & gone';

// The names are those of the SDK's classes for the errors that each service declares.
for (const [service, operation, input, thrown, status, read] of [
  ["cloudtrail", "GetTrail", { Name: "x" }, "TrailNotFoundException", 400, "TrailNotFoundException"],
  ["iam", "GetUser", {}, "NoSuchEntity", 404, "NoSuchEntityException"],
  ["iam", "GetUser", {}, "NoSuchEntityException", 404, "NoSuchEntityException"],
  ["sts", "AssumeRole", { RoleArn: "x", RoleSessionName: "x" }, "AccessDenied", 403, "AccessDenied"],
  ["sns", "Publish", { TopicArn: "x", Message: "x" }, "NotFound", 404, "NotFoundException"],
  ["sqs", "GetQueueUrl", { QueueName: "x" }, "QueueDoesNotExist", 400, "QueueDoesNotExist"],
  ["sqs", "GetQueueUrl", { QueueName: "x" }, "AWS.SimpleQueueService.NonExistentQueue", 400, "QueueDoesNotExist"],
  ["kms", "DescribeKey", { KeyId: "x" }, "NotFoundException", 400, "NotFoundException"],
  ["guardduty", "GetDetector", { DetectorId: "x" }, "BadRequestException", 400, "BadRequestException"],
  ["ec2", "DescribeRegions", {}, "UnauthorizedOperation", 403, "UnauthorizedOperation"],
  ["s3", "GetObject", { Bucket: "b", Key: "k" }, "NoSuchKey", 404, "NoSuchKey"],
  ["s3", "GetBucketPolicy", { Bucket: "b" }, "NoSuchBucketPolicy", 404, "NoSuchBucketPolicy"],
] as const)
  test(`the SDK reads ${thrown} of ${service} as ${read}`, async () => {
    const error = await readBySdk(service, operation, input, new AwsError(thrown, message, status));
    assert.deepEqual([error.name, error.message, error.$metadata.httpStatusCode], [read, message, status]);
    assert.equal(error.$metadata.requestId, "request-1");
  });

test("an error thrown without a status has the one that a query service declares", async () => {
  const error = await readBySdk("iam", "GetUser", {}, new AwsError("NoSuchEntity", message));
  assert.equal(error.$metadata.httpStatusCode, 404);
});

test("an answer to HEAD has no body, and the SDK says what it says of AWS's", async () => {
  const error = await readBySdk("s3", "HeadObject", { Bucket: "b", Key: "k" }, new AwsError("NoSuchKey", "", 404));
  assert.equal(error.name, "NotFound");
  const answer = encodeError("restXml", new AwsError("NoSuchKey", "", 404), { requestId: "1", isHead: true });
  assert.equal(answer.body, undefined);
});

test("S3's further members are read, such as the bucket's name", async () => {
  const error = await readBySdk(
    "s3",
    "GetObject",
    { Bucket: "b", Key: "k" },
    new AwsError("NoSuchBucket", message, 404, { BucketName: "b" }),
  );
  assert.equal((error as unknown as { BucketName: string }).BucketName, "b");
});

test("SQS says its older code in a header beside the JSON", async () => {
  const service = await loadOperations("sqs");
  const answer = encodeError("awsJson1_0", new AwsError("QueueDoesNotExist", message), { requestId: "1", service });
  assert.equal(answer.headers["x-amzn-query-error"], "AWS.SimpleQueueService.NonExistentQueue;Sender");
  assert.match(String(answer.body), /^\{"__type":"com\.amazonaws\.sqs#QueueDoesNotExist",/);
});

test("a denial of SQS's is read by its older code, as AWS's is", async () => {
  const service = await loadOperations("sqs");
  const denial = new AwsError("AccessDeniedException", message, 403);
  const answer = encodeError("awsJson1_0", denial, { requestId: "1", service });
  assert.equal(answer.headers["x-amzn-query-error"], "AccessDenied;Sender");
  const error = await readBySdk("sqs", "SendMessage", { QueueUrl: "x", MessageBody: "x" }, denial);
  assert.equal(new AwsCallError({ service: "sqs", operation: "SendMessage" }, error).code, "AccessDenied");
});

test("what comes from a request does not break out of an answer's XML", () => {
  const { body } = encodeError("restXml", new AwsError("NoSuchKey", "</Message>\u0000", 404, { Key: "<b>" }), {
    requestId: "1",
    resource: "/<script>",
  });
  assert.match(String(body), /&lt;\/Message&gt;&#x0;/);
  assert.ok(!String(body).includes("<script>") && !String(body).includes("<b>"));
});

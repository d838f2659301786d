import assert from "node:assert/strict";
import { test } from "node:test";
import { iamUser, onBehalfOf, serviceCaller, userArn, type Caller } from "./callers.ts";
import { findOperation, shapedOperations, tailOperations } from "./operations/catalog.ts";
import { perform } from "./perform.ts";
import { makePlace } from "./places.ts";
import { createRandom } from "./random.ts";
import { denyAccess, reportMissing, throttle } from "./refusals.ts";

const accountId = "111122223333";
const place = makePlace("test", accountId, "eu-central-1");
const at = Date.UTC(2026, 10, 20, 12, 0, 5);
const caller: Caller = {
  identity: iamUser({
    accountId,
    userName: "ana",
    userId: "AIDAEXAMPLE",
    accessKey: "AKIAEXAMPLE",
  }),
  arn: userArn(accountId, "ana"),
  sourceIp: "203.0.113.9",
  userAgent: "aws-cli/2.31.29 md/command#@COMMAND",
  tls: "TLSv1.3",
};

function callOnce(id: string, more: Partial<Parameters<typeof perform>[0]> = {}) {
  return perform({
    random: createRandom(id),
    place,
    at,
    caller,
    operation: findOperation(id),
    ...more,
  });
}

test("every operation can be made up, in text that JSON takes back unchanged", () => {
  const operations = [...shapedOperations, ...tailOperations];
  assert.ok(operations.length > 600);
  for (const operation of operations) {
    const text = JSON.stringify(callOnce(operation.id, { operation }));
    assert.equal(JSON.stringify(JSON.parse(text)), text);
    assert.ok(!text.includes("@API") && !text.includes("@COMMAND") && !text.includes("undefined"), text);
    assert.ok(
      Buffer.byteLength(text) === text.length,
      "records are plain ASCII, which the printing relies on for speed",
    );
  }
  assert.equal(new Set(operations.map(({ id }) => id)).size, operations.length);
});

test("reads have no responseElements, except those that hand out credentials or queries", () => {
  for (const operation of shapedOperations.filter(({ readOnly }) => readOnly)) {
    if (/^(AssumeRole|GetSessionToken|StartQuery|GenerateCredentialReport)/.test(operation.name)) continue;
    assert.equal(callOnce(operation.id).responseElements, null, operation.id);
  }
});

test("S3 puts user agents into brackets and names the sub-resource with an empty value", () => {
  const record = callOnce("s3:GetBucketAcl");
  assert.equal(record.userAgent, "[aws-cli/2.31.29 md/command#s3.get-bucket-acl]");
  assert.ok(JSON.stringify(record.requestParameters).includes('"acl":""'));
});

test("global services are recorded in us-east-1, wherever the caller is", () => {
  assert.equal(callOnce("iam:ListUsers").awsRegion, "us-east-1");
  assert.equal(callOnce("kms:ListKeys").awsRegion, "eu-central-1");
});

test("a service that calls on somebody's behalf keeps the identity and hides address and TLS", () => {
  const record = callOnce("kms:Decrypt", { caller: onBehalfOf(caller, "s3.amazonaws.com") });
  assert.equal(record.userIdentity?.["userName"], "ana");
  assert.equal(record.userIdentity?.["invokedBy"], "s3.amazonaws.com");
  assert.equal(record.sourceIPAddress, "s3.amazonaws.com");
  assert.equal(record.tlsDetails, undefined);
  assert.deepEqual(callOnce("sts:AssumeRole", { caller: serviceCaller("ec2.amazonaws.com") }).userIdentity, {
    type: "AWSService",
    invokedBy: "ec2.amazonaws.com",
  });
});

test("a denied call is worded as its service words it; IAM hides the parameters, EC2 shows them", () => {
  const denied = (id: string) => callOnce(id, { refusal: denyAccess(findOperation(id), caller.arn, accountId) });
  const [iam, ec2, kms] = [denied("iam:CreateUser"), denied("ec2:RunInstances"), denied("kms:Decrypt")];
  assert.equal(iam.errorCode, "AccessDenied");
  assert.match(
    iam.errorMessage ?? "",
    /^User: arn:aws:iam::111122223333:user\/ana is not authorized to perform: iam:CreateUser on/,
  );
  assert.equal(iam.requestParameters, null);
  assert.equal(ec2.errorCode, "Client.UnauthorizedOperation");
  assert.notEqual(ec2.requestParameters, null);
  assert.equal(kms.errorCode, "AccessDeniedException");
  for (const record of [iam, ec2, kms]) assert.equal(record.responseElements, null);
});

test("other failures carry the code of their service", () => {
  const random = createRandom("failures");
  const codes = ["s3:GetObject", "s3:GetBucketAcl", "iam:GetRole", "kms:DescribeKey", "ecs:DescribeServices"].map(
    (id) => reportMissing(findOperation(id), random).code,
  );
  assert.deepEqual(codes, [
    "NoSuchKey",
    "NoSuchBucket",
    "NoSuchEntityException",
    "NotFoundException",
    "ResourceNotFoundException",
  ]);
  assert.equal(throttle(findOperation("ec2:DescribeInstances")).code, "Client.RequestLimitExceeded");
  assert.equal(throttle(findOperation("lambda:Invoke")).code, "ThrottlingException");
});

test("an operation that was never described is a mistake in the code", () => {
  assert.throws(() => findOperation("iam:MakeTea"), RangeError);
});

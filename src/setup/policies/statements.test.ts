import assert from "node:assert/strict";
import { test } from "node:test";
import { bucketStatements, keyStatements, queueStatement, topicStatement } from "./statements.ts";

const trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
const other = "arn:aws:cloudtrail:eu-west-1:444455556666:trail/other";

test("an account's trail gets the two statements of the guide, pinned to it", () => {
  const made = bucketStatements({
    bucketArn: "arn:aws:s3:::logs",
    prefix: "",
    trailArns: [trail],
    folders: ["111122223333"],
  });
  assert.deepEqual(made, [
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: "arn:aws:s3:::logs",
      Condition: { StringEquals: { "aws:SourceArn": trail } },
    },
    {
      Sid: "AWSCloudTrailWrite20150319",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::logs/AWSLogs/111122223333/*",
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trail } },
    },
  ]);
});

test("an organization has its own statement, and a prefix stands before AWSLogs", () => {
  const [, write, organization] = bucketStatements({
    bucketArn: "arn:aws:s3:::logs",
    prefix: "a/b",
    trailArns: [trail],
    folders: ["o-abc123", "111122223333"],
  });
  assert.equal(write?.Resource, "arn:aws:s3:::logs/a/b/AWSLogs/111122223333/*");
  assert.equal(organization?.Sid, "AWSCloudTrailOrganizationWrite20150319");
  assert.equal(organization?.Resource, "arn:aws:s3:::logs/a/b/AWSLogs/o-abc123/*");
});

test("several accounts stand in lists, sorted, each once", () => {
  const [check, write] = bucketStatements({
    bucketArn: "arn:aws:s3:::logs",
    prefix: "",
    trailArns: [trail, other, trail],
    folders: ["444455556666", "111122223333"],
  });
  assert.deepEqual(check.Condition, { StringEquals: { "aws:SourceArn": [other, trail] } });
  assert.deepEqual(write?.Resource, [
    "arn:aws:s3:::logs/AWSLogs/111122223333/*",
    "arn:aws:s3:::logs/AWSLogs/444455556666/*",
  ]);
});

test("topic and queue are pinned to who sends", () => {
  const topicArn = "arn:aws:sns:us-east-1:111122223333:trails";
  const topic = topicStatement({ topicArn, trailArns: [trail] });
  assert.deepEqual(
    [topic.Sid, topic.Action, topic.Resource],
    ["AWSCloudTrailSNSPolicy20131101", "SNS:Publish", topicArn],
  );
  assert.deepEqual(topic.Condition, { StringEquals: { "aws:SourceArn": trail } });
  const queue = queueStatement({ queueArn: "arn:aws:sqs:us-east-1:111122223333:trails", topicArns: [topicArn] });
  assert.deepEqual([queue.Principal, queue.Action], [{ Service: "sns.amazonaws.com" }, "sqs:SendMessage"]);
  assert.deepEqual(queue.Condition, { ArnEquals: { "aws:SourceArn": topicArn } });
});

test("a key encrypts for the accounts of the trails alone", () => {
  const [encrypt, describe] = keyStatements({ trailArns: [trail] });
  assert.deepEqual(encrypt.Condition, {
    StringEquals: { "aws:SourceArn": trail },
    StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*" },
  });
  assert.equal(describe.Action, "kms:DescribeKey");
});

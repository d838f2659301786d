import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, foreign, inWords, own, policyOf, principals } from "./policy.fixture.ts";

const trail = `arn:aws:cloudtrail:us-east-1:${own}:trail/main`;
const otherTrail = `arn:aws:cloudtrail:us-east-1:${own}:trail/other`;
const service = { Service: "cloudtrail.amazonaws.com" };
const asTrail = { "aws:SourceArn": trail, "aws:SourceAccount": own };
const acl = { "s3:x-amz-acl": "bucket-owner-full-control" };

function write(path: string, condition: object): object {
  return {
    Sid: "AWSCloudTrailWrite20150319",
    Effect: "Allow",
    Principal: service,
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::trails/${path}/*`,
    Condition: condition,
  };
}
function aclCheck(condition: object = { StringEquals: { "aws:SourceArn": trail } }): object {
  return {
    Sid: "AWSCloudTrailAclCheck20150319",
    Effect: "Allow",
    Principal: service,
    Action: "s3:GetBucketAcl",
    Resource: "arn:aws:s3:::trails",
    Condition: condition,
  };
}
const standard = { StringEquals: { ...acl, "aws:SourceArn": trail } };
const ownFolder = `AWSLogs/${own}`;

type Context = Readonly<Record<string, string>>;
type Case = readonly [
  what: string,
  statements: readonly object[],
  action: string,
  resource: string,
  context: Context,
  isAllowed: boolean,
];

function put(path: string): readonly [string, string] {
  return ["s3:PutObject", `arn:aws:s3:::trails/${path}/CloudTrail/us-east-1/2026/11/20/x.json.gz`];
}
const bucketAcl = ["s3:GetBucketAcl", "arn:aws:s3:::trails"] as const;
const withAcl = { ...asTrail, ...acl };

// CloudTrail User Guide, 'Amazon S3 bucket policy for CloudTrail'.
const buckets: readonly Case[] = [
  ["the guide's statement", [write(ownFolder, standard)], ...put(ownFolder), withAcl, true],
  ["the guide's check of the ACL", [aclCheck()], ...bucketAcl, asTrail, true],
  [
    "the check of the ACL for another trail",
    [aclCheck()],
    ...bucketAcl,
    { ...asTrail, "aws:SourceArn": otherTrail },
    false,
  ],
  ["only the check of the ACL", [aclCheck()], ...put(ownFolder), withAcl, false],
  ["only the writing", [write(ownFolder, standard)], ...bucketAcl, asTrail, false],
  [
    "another trail",
    [write(ownFolder, standard)],
    ...put(ownFolder),
    { ...withAcl, "aws:SourceArn": otherTrail },
    false,
  ],
  [
    "a list of trails",
    [write(ownFolder, { StringEquals: { ...acl, "aws:SourceArn": [otherTrail, trail] } })],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  [
    "trails by a pattern in ArnLike",
    [write(ownFolder, { StringEquals: acl, ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${own}:trail/*` } })],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  [
    "a pattern in StringEquals",
    [write(ownFolder, { StringEquals: { ...acl, "aws:SourceArn": `arn:aws:cloudtrail:*:${own}:trail/*` } })],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  [
    "a pattern in StringLike",
    [write(ownFolder, { StringEquals: acl, StringLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${own}:trail/*` } })],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  [
    "the trail's ARN in another region",
    [write(ownFolder, { StringEquals: { ...acl, "aws:SourceArn": trail.replace("us-east-1", "eu-west-1") } })],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  [
    "the account instead of the trail",
    [write(ownFolder, { StringEquals: { ...acl, "aws:SourceAccount": own } })],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  [
    "another account",
    [write(ownFolder, { StringEquals: { ...acl, "aws:SourceAccount": foreign } })],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  ["neither trail nor account asked for", [write(ownFolder, { StringEquals: acl })], ...put(ownFolder), withAcl, true],
  ["the ACL missing from the request", [write(ownFolder, standard)], ...put(ownFolder), asTrail, false],
  ["another ACL", [write(ownFolder, standard)], ...put(ownFolder), { ...asTrail, "s3:x-amz-acl": "private" }, false],
  [
    "no ACL asked for",
    [write(ownFolder, { StringEquals: { "aws:SourceArn": trail } })],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  ["no condition at all", [{ ...write(ownFolder, {}), Condition: {} }], ...put(ownFolder), withAcl, true],
  [
    "a prefix that the policy does not know",
    [write(ownFolder, standard)],
    ...put(`audit/${ownFolder}`),
    withAcl,
    false,
  ],
  [
    "a prefix that the policy knows",
    [write(`audit/${ownFolder}`, standard)],
    ...put(`audit/${ownFolder}`),
    withAcl,
    true,
  ],
  ["a prefix that the trail does not have", [write(`audit/${ownFolder}`, standard)], ...put(ownFolder), withAcl, false],
  ["another account's folder", [write(`AWSLogs/${foreign}`, standard)], ...put(ownFolder), withAcl, false],
  [
    "several accounts' folders",
    [write(`AWSLogs/${foreign}`, standard), write(ownFolder, standard)],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  [
    "an organization's folder",
    [write("AWSLogs/o-exampleorg", standard)],
    ...put(`AWSLogs/o-exampleorg/${foreign}`),
    withAcl,
    true,
  ],
  [
    "an organization's trail without its folder",
    [write(ownFolder, standard)],
    ...put(`AWSLogs/o-exampleorg/${foreign}`),
    withAcl,
    false,
  ],
  [
    "the whole bucket",
    [{ ...write("", standard), Resource: "arn:aws:s3:::trails/*" }],
    ...put(ownFolder),
    withAcl,
    true,
  ],
  [
    "the bucket's ARN alone",
    [{ ...write("", standard), Resource: "arn:aws:s3:::trails" }],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  [
    "another service",
    [{ ...write(ownFolder, standard), Principal: { Service: "config.amazonaws.com" } }],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  [
    "CloudTrail's accounts of old",
    [{ ...write(ownFolder, standard), Principal: { AWS: "arn:aws:iam::086441151436:root" } }],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  [
    "a deny of what comes without encryption in transit",
    [
      write(ownFolder, standard),
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "arn:aws:s3:::trails/*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
    ...put(ownFolder),
    { ...withAcl, "aws:SecureTransport": "true" },
    true,
  ],
  [
    "a deny of whatever is not of the organization",
    [
      write(ownFolder, standard),
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "arn:aws:s3:::trails/*",
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorg" } },
      },
    ],
    ...put(ownFolder),
    withAcl,
    false,
  ],
  [
    "that deny with services left out",
    [
      write(ownFolder, standard),
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "arn:aws:s3:::trails/*",
        Condition: {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      },
    ],
    ...put(ownFolder),
    { ...withAcl, "aws:PrincipalIsAWSService": "true" },
    true,
  ],
];

const topic = `arn:aws:sns:us-east-1:${own}:notices`;
const publish = ["SNS:Publish", topic] as const;
function mayPublish(more: object): object {
  return {
    Sid: "AWSCloudTrailSNSPolicy20131101",
    Effect: "Allow",
    Principal: service,
    Action: "SNS:Publish",
    Resource: topic,
    ...more,
  };
}
// CloudTrail User Guide, 'Amazon SNS topic policy for CloudTrail'; SQS Developer Guide, policy of a queue for a topic.
const queue = `arn:aws:sqs:us-east-1:${own}:notices`;
const notices: readonly Case[] = [
  [
    "the guide's topic",
    [mayPublish({ Condition: { StringEquals: { "aws:SourceArn": trail } } })],
    ...publish,
    asTrail,
    true,
  ],
  [
    "a topic for another trail",
    [mayPublish({ Condition: { StringEquals: { "aws:SourceArn": otherTrail } } })],
    ...publish,
    asTrail,
    false,
  ],
  [
    "a topic for the account",
    [mayPublish({ Condition: { StringEquals: { "aws:SourceAccount": own } } })],
    ...publish,
    asTrail,
    true,
  ],
  ["a topic for anybody of CloudTrail", [mayPublish({})], ...publish, asTrail, true],
  ["the action in lower case", [mayPublish({ Action: "sns:publish" })], ...publish, asTrail, true],
  ["another topic's ARN", [mayPublish({ Resource: `${topic}2` })], ...publish, asTrail, false],
  [
    "a topic that only its account uses",
    [mayPublish({ Principal: { AWS: "*" }, Condition: { StringEquals: { "AWS:SourceOwner": own } } })],
    ...publish,
    asTrail,
    false,
  ],
  [
    "a queue for the topic",
    [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: queue,
        Condition: { ArnEquals: { "aws:SourceArn": topic } },
      },
    ],
    "sqs:SendMessage",
    queue,
    { "aws:SourceArn": topic },
    true,
  ],
  [
    "a queue for another topic",
    [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: queue,
        Condition: { ArnEquals: { "aws:SourceArn": `${topic}2` } },
      },
    ],
    "sqs:SendMessage",
    queue,
    { "aws:SourceArn": topic },
    false,
  ],
];

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

for (const [what, statements, action, resource, given, isAllowed] of [...buckets, ...notices, ...keys]) {
  test(`CloudTrail ${isAllowed ? "gets through" : "is refused"}: ${what}`, () => {
    const decision = decide(principals.cloudTrail, {
      action,
      resource,
      context: given,
      resourcePolicy: policyOf("resource", ...statements),
      needsResourcePolicy: action.startsWith("kms:"),
    });
    assert.equal(decision.allowed, isAllowed, inWords(decision));
  });
}

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

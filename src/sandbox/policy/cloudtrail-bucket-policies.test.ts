import { asTrail, type Case, otherTrail, service, testCases, trail } from "./cloudtrail-policies.fixture.ts";
import { foreign, own } from "./policy.fixture.ts";

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

testCases(buckets);

import assert from "node:assert/strict";
import { test } from "node:test";

import { loadOperations } from "../../aws/index.ts";
import { type JsonObject } from "../../cloudtrail/index.ts";
import { eventNameOf } from "./event-names.ts";
import { printS3Request } from "./print-s3.ts";

const bucketName = "company-logs";
const Host = "company-logs.s3.us-east-1.amazonaws.com";
const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";

/**
 * Operation, input, and what real records say: parameters' names and shapes as in invictus-ir/aws_dataset, SANS 504,
 * the detonation logs of stratus-red-team and traildiscover's examples.
 */
const shapes: readonly (readonly [operation: string, input: object, JsonObject, eventName?: string])[] = [
  ["GetBucketAcl", {}, { acl: "" }],
  ["GetBucketAccelerateConfiguration", {}, { accelerate: "" }, "GetAccelerateConfiguration"],
  ["GetBucketLifecycleConfiguration", {}, { lifecycle: "" }, "GetBucketLifecycle"],
  ["GetObjectLockConfiguration", {}, { "object-lock": "" }, "GetBucketObjectLockConfiguration"],
  ["GetPublicAccessBlock", {}, { publicAccessBlock: "" }, "GetBucketPublicAccessBlock"],
  ["GetBucketPolicy", {}, { policy: "" }],
  ["GetBucketRequestPayment", {}, { requestPayment: "" }],
  ["PutBucketAcl", { ACL: "private" }, { acl: "", "x-amz-acl": "private" }],
  [
    "PutBucketVersioning",
    { VersioningConfiguration: { Status: "Enabled", MFADelete: "Disabled" } },
    { versioning: "", VersioningConfiguration: { xmlns, Status: "Enabled", MfaDelete: "Disabled" } },
  ],
  [
    "PutBucketLifecycleConfiguration",
    {
      LifecycleConfiguration: {
        Rules: [
          {
            ID: "nuke-cloudtrail-logs-after-1-day",
            Status: "Enabled",
            Filter: { Prefix: "*" },
            Expiration: { Days: 1 },
          },
        ],
      },
    },
    {
      lifecycle: "",
      LifecycleConfiguration: {
        xmlns,
        Rule: {
          ID: "nuke-cloudtrail-logs-after-1-day",
          Status: "Enabled",
          Filter: { Prefix: "*" },
          Expiration: { Days: 1 },
        },
      },
    },
    "PutBucketLifecycle",
  ],
  ["PutBucketLogging", { BucketLoggingStatus: {} }, { logging: "", BucketLoggingStatus: { xmlns } }],
  [
    "PutBucketPolicy",
    { Policy: '{"Version":"2012-10-17","Statement":[]}' },
    { policy: "", bucketPolicy: { Version: "2012-10-17", Statement: [] } },
  ],
  ["PutBucketPolicy", { Policy: "not json" }, { policy: "", bucketPolicy: "" }],
  [
    "ListObjectsV2",
    { Prefix: "", EncodingType: "url" },
    { "list-type": "2", prefix: "", "encoding-type": "url" },
    "ListObjects",
  ],
  ["GetObject", { Key: "a/b.gz" }, { key: "a/b.gz" }],
  [
    "PutObject",
    {
      Key: "k",
      ACL: "bucket-owner-full-control",
      ServerSideEncryption: "AES256",
      ContentMD5: "x",
      Metadata: { a: "b" },
    },
    { key: "k", "x-amz-acl": "bucket-owner-full-control", "x-amz-server-side-encryption": "AES256" },
  ],
  ["DeleteObjects", { Delete: { Objects: [{ Key: "k" }] } }, { delete: "" }],
];

for (const [name, input, parameters, eventName = name] of shapes)
  test(`S3's ${name} of ${JSON.stringify(input)} says what real records say of it`, async () => {
    assert.deepEqual(await printed(name, { Bucket: bucketName, ...input }), { bucketName, Host, ...parameters });
    assert.equal(eventNameOf("s3", name), eventName);
  });

const documents: readonly (readonly [operation: string, input: object, JsonObject])[] = [
  [
    "PutBucketTagging",
    {
      Tagging: {
        TagSet: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "2" },
        ],
      },
    },
    {
      Tagging: {
        xmlns,
        TagSet: {
          Tag: [
            { Key: "a", Value: "1" },
            { Key: "b", Value: "2" },
          ],
        },
      },
    },
  ],
  [
    "PutBucketNotificationConfiguration",
    {
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            QueueArn: "arn:q",
            Events: ["s3:ObjectCreated:*"],
            Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "AWSLogs/" }] } },
          },
        ],
      },
    },
    {
      NotificationConfiguration: {
        xmlns,
        QueueConfiguration: {
          Queue: "arn:q",
          Event: "s3:ObjectCreated:*",
          Filter: { S3Key: { FilterRule: { Name: "prefix", Value: "AWSLogs/" } } },
        },
      },
    },
  ],
];

for (const [name, input, document] of documents)
  test(`S3's ${name} has its document with the names of the XML's elements, one of a list by itself`, async () => {
    const parameters = await printed(name, { Bucket: bucketName, ...input });
    assert.deepEqual(Object.fromEntries(Object.entries(parameters).filter(([key]) => key in document)), document);
  });

const secret = "HIDE-ME";
const secrets: readonly (readonly [operation: string, input: object])[] = [
  ["DeleteObject", { Key: "k", MFA: `arn:aws:iam::111122223333:mfa/ana ${secret}` }],
  ["DeleteObjects", { MFA: secret, Delete: { Objects: [] } }],
  ["PutBucketVersioning", { MFA: secret, VersioningConfiguration: { Status: "Enabled" } }],
  ["PutObject", { Key: "k", Body: secret, Metadata: { a: secret }, SSECustomerKey: secret, SSECustomerKeyMD5: secret }],
  ["CopyObject", { Key: "k", CopySourceSSECustomerKey: secret, CopySourceSSECustomerKeyMD5: secret }],
  ["PutObjectLockConfiguration", { Token: secret }],
];

for (const [name, input] of secrets)
  test(`of S3's ${name} neither codes nor keys nor contents are kept: ${Object.keys(input).join(", ")}`, async () => {
    const parameters = JSON.stringify(await printed(name, { Bucket: bucketName, ...input }));
    assert.equal(parameters.includes(secret), false, parameters);
  });

async function printed(name: string, input: object): Promise<JsonObject> {
  const operation = (await loadOperations("s3")).operations.get(name);
  assert.ok(operation);
  return { ...printS3Request(operation, input, Host) };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { testCall, testCaller } from "../call.fixture.ts";
import { describeRequest } from "./record-shape.ts";
import { testS3 } from "./s3.fixture.ts";

const bucketName = "company-logs";
const Host = "company-logs.s3.us-east-1.amazonaws.com";
const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";

/**
 * Operation, input, and what real records say: parameters' names and shapes as in invictus-ir/aws_dataset, SANS 504,
 * the detonation logs of stratus-red-team and traildiscover's examples.
 */
const shapes: readonly (readonly [string, object, JsonObject, string?])[] = [
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

test("records say what real ones say: subresource, query, headers and document of the request", async (t) => {
  const { call, world, s3 } = await testS3(t);
  await call("CreateBucket", { Bucket: bucketName });
  for (const [operation, input, parameters, eventName] of shapes) {
    const note = describeRequest(
      operation,
      { Bucket: bucketName, ...input },
      testCall({ service: "s3", operation }),
      s3.buckets.get(bucketName),
      world.random,
    );
    assert.deepEqual(note.requestParameters, { bucketName, Host, ...parameters }, operation);
    assert.equal(note.eventName, eventName, operation);
    assert.deepEqual(Object.keys(note.additionalEventData ?? {}).sort(), [
      "AuthenticationMethod",
      "CipherSuite",
      "SignatureVersion",
      "bytesTransferredIn",
      "bytesTransferredOut",
      "x-amz-id-2",
    ]);
    assert.equal(note.responseElements, null);
  }
});

test("objects' records are data events, with the object's ARN or the beginning of all, and the bucket", async (t) => {
  const made = await testS3(t);
  const { call } = made;
  await call("CreateBucket", { Bucket: bucketName });
  const bucket = { accountId: "111122223333", type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucketName}` };
  await call("PutObject", { Bucket: bucketName, Key: "k" }, { body: "12345" });
  const [asked, answered] = made.notes;
  assert.equal(asked?.category, "Data");
  assert.equal(asked.isReadOnly, false);
  assert.deepEqual(asked.resources, [{ type: "AWS::S3::Object", ARN: `arn:aws:s3:::${bucketName}/k` }, bucket]);
  assert.deepEqual(answered?.responseElements, { "x-amz-server-side-encryption": "AES256" });
  assert.deepEqual(answered.additionalEventData, { bytesTransferredIn: 5, SSEApplied: "Default_SSE_S3" });
  const eve = testCaller({ accountId: "444455556666" });
  await call("ListObjects", { Bucket: bucketName }, { caller: eve });
  const [listed] = made.notes;
  assert.deepEqual(listed?.resources?.[0], {
    type: "AWS::S3::Object",
    ARN: `arn:aws:s3:::${bucketName}/`,
    isPrefix: true,
  });
  assert.deepEqual(listed.recipients, ["444455556666", "111122223333"]);
  await call("GetBucketAcl", { Bucket: bucketName });
  assert.deepEqual([made.notes[0]?.category, made.notes[0]?.resources], ["Management", [bucket]]);
});

test("a request for a bucket that is not there is recorded with its parameters and no resources", async (t) => {
  const made = await testS3(t);
  await assert.rejects(made.call("GetBucketPolicy", { Bucket: "no-such" }));
  const [note] = made.notes;
  assert.deepEqual(note?.requestParameters, {
    policy: "",
    bucketName: "no-such",
    Host: "no-such.s3.us-east-1.amazonaws.com",
  });
  assert.equal(note.resources, undefined);
});

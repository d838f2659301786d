import assert from "node:assert/strict";
import { test } from "node:test";
import { type OperationName } from "../../../../aws/index.ts";
import { testCaller } from "../../call.fixture.ts";
import { refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";

test("what was never set is answered as AWS does, error for error (API Reference, each operation's errors)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const absent: readonly (readonly [OperationName<"s3">, string])[] = [
    ["GetBucketPolicy", "NoSuchBucketPolicy"],
    ["GetBucketPolicyStatus", "NoSuchBucketPolicy"],
    ["GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration"],
    ["GetBucketReplication", "ReplicationConfigurationNotFoundError"],
    ["GetBucketWebsite", "NoSuchWebsiteConfiguration"],
    ["GetBucketCors", "NoSuchCORSConfiguration"],
    ["GetBucketTagging", "NoSuchTagSet"],
    ["GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"],
    ["GetBucketMetricsConfiguration", "NoSuchConfiguration"],
  ];
  for (const [name, code] of absent) {
    await assert.rejects(call(name, { Bucket, Id: "x" } as never), refusedWith(code, 404), name);
  }
  const present: readonly (readonly [OperationName<"s3">, object])[] = [
    ["GetBucketVersioning", {}],
    ["GetBucketLogging", {}],
    ["GetBucketNotificationConfiguration", {}],
    ["GetBucketAccelerateConfiguration", {}],
    ["GetBucketLocation", {}],
    ["GetBucketRequestPayment", { Payer: "BucketOwner" }],
    ["GetBucketOwnershipControls", { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } }],
    [
      "GetPublicAccessBlock",
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
    ],
    [
      "GetBucketEncryption",
      {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
              BucketKeyEnabled: false,
              BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
            },
          ],
        },
      },
    ],
  ];
  for (const [name, output] of present) assert.deepEqual(await call(name, { Bucket } as never), output, name);
});

test("what the sandbox would have to act on, and does not, cannot be set", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  for (const name of ["PutBucketCors", "PutBucketWebsite", "PutBucketReplication", "PutBucketAbac"] as const) {
    await assert.rejects(call(name, { Bucket } as never), refusedWith("NotImplemented", 501), name);
  }
});

test("settings come back as they were put, and are gone when deleted", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("CreateBucket", { Bucket: "access-logs" });
  const TagSet = [
    { Key: "b", Value: "2" },
    { Key: "a", Value: "1" },
  ];
  await call("PutBucketTagging", { Bucket, Tagging: { TagSet } });
  assert.deepEqual((await call("GetBucketTagging", { Bucket })).TagSet, TagSet);
  await call("DeleteBucketTagging", { Bucket });
  await assert.rejects(call("GetBucketTagging", { Bucket }), refusedWith("NoSuchTagSet"));

  const LoggingEnabled = { TargetBucket: "access-logs", TargetPrefix: "x/" };
  await call("PutBucketLogging", { Bucket, BucketLoggingStatus: { LoggingEnabled } });
  assert.deepEqual(await call("GetBucketLogging", { Bucket }), { LoggingEnabled });
  await call("PutBucketLogging", { Bucket, BucketLoggingStatus: {} });
  assert.deepEqual(await call("GetBucketLogging", { Bucket }), {});

  await call("PutBucketEncryption", {
    Bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "alias/logs" },
          BucketKeyEnabled: true,
        },
      ],
    },
  });
  const put = await call("PutObject", { Bucket, Key: "k" }, { body: "x" });
  assert.deepEqual(
    [put.ServerSideEncryption, put.SSEKMSKeyId, put.BucketKeyEnabled],
    ["aws:kms", "arn:aws:kms:us-east-1:111122223333:key/alias/logs", true],
  );

  const rule = {
    ID: "old",
    Status: "Enabled" as const,
    Filter: { Prefix: "a/" },
    Expiration: { Date: new Date(Date.UTC(2027, 0, 1)) },
  };
  await call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules: [rule] } });
  const lifecycle = await call("GetBucketLifecycleConfiguration", { Bucket });
  assert.deepEqual(lifecycle, {
    Rules: [rule],
    TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
  });
});

test("a bucket's name is taken for all accounts, and has to be one (S3 User Guide, 'Bucket naming rules')", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket }, { region: "us-east-1" });
  await call("CreateBucket", { Bucket }, { region: "us-east-1" });
  const other = testCaller({ accountId: "444455556666" });
  await assert.rejects(call("CreateBucket", { Bucket }, { caller: other }), refusedWith("BucketAlreadyExists", 409));
  const elsewhere = { Bucket: "in-europe", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
  await call("CreateBucket", elsewhere, { region: "eu-west-1" });
  await assert.rejects(
    call("CreateBucket", elsewhere, { region: "eu-west-1" }),
    refusedWith("BucketAlreadyOwnedByYou", 409),
  );
  for (const name of [
    "ab",
    "Upper",
    "under_score",
    "dot..dot",
    "10.0.0.1",
    "-a-",
    "xn--x",
    "x-s3alias",
    "a".repeat(64),
  ]) {
    await assert.rejects(call("CreateBucket", { Bucket: name }), refusedWith("InvalidBucketName", 400), name);
  }
  await assert.rejects(
    call("CreateBucket", { Bucket: "no-place" }, { region: "eu-west-1" }),
    refusedWith("IllegalLocationConstraintException", 400),
  );
});

test("a bucket of another region is refused with the right region, but tells where it is", async (t) => {
  const { call } = await testS3(t);
  await call(
    "CreateBucket",
    { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } },
    { region: "eu-west-1" },
  );
  await assert.rejects(call("ListObjectsV2", { Bucket }), (error: Error & { members?: object }) => {
    assert.ok(refusedWith("AuthorizationHeaderMalformed", 400)(error));
    assert.deepEqual(error.members, { Region: "eu-west-1" });
    return true;
  });
  assert.deepEqual(await call("GetBucketLocation", { Bucket }), { LocationConstraint: "eu-west-1" });
  assert.equal((await call("HeadBucket", { Bucket }, { region: "eu-west-1" })).BucketRegion, "eu-west-1");
  await assert.rejects(
    call("HeadBucket", { Bucket, ExpectedBucketOwner: "444455556666" }, { region: "eu-west-1" }),
    refusedWith("AccessDenied", 403),
  );
});

test("an account sees its own buckets, in pages where it asks for them", async (t) => {
  const { call } = await testS3(t);
  for (const name of ["logs-a", "logs-b", "other"]) await call("CreateBucket", { Bucket: name });
  const all = await call("ListBuckets", {});
  assert.deepEqual(
    all.Buckets?.map(({ Name }) => Name),
    ["logs-a", "logs-b", "other"],
  );
  const page = await call("ListBuckets", { Prefix: "logs", MaxBuckets: 1 });
  assert.deepEqual(
    page.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion]),
    [["logs-a", "us-east-1"]],
  );
  const rest = await call("ListBuckets", { Prefix: "logs", ContinuationToken: page.ContinuationToken });
  assert.deepEqual(
    rest.Buckets?.map(({ Name }) => Name),
    ["logs-b"],
  );
  const none = await call("ListBuckets", {}, { caller: testCaller({ accountId: "444455556666" }) });
  assert.deepEqual(none.Buckets, []);
});

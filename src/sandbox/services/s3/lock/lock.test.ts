import assert from "node:assert/strict";
import { test } from "node:test";
import { refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";
const Key = "k";
const day = 24 * 60 * 60 * 1000;

test("a locked version cannot be destroyed before its time, nor one under legal hold (S3 User Guide, 'Object Lock')", async (t) => {
  const { call, world } = await testS3(t);
  await call("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });
  assert.equal((await call("GetBucketVersioning", { Bucket })).Status, "Enabled");
  await assert.rejects(
    call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Suspended" } }),
    refusedWith("InvalidBucketState", 409),
  );
  await call("PutObjectLockConfiguration", {
    Bucket,
    ObjectLockConfiguration: {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 2 } },
    },
  });
  const { VersionId } = await call("PutObject", { Bucket, Key }, { body: "x" });
  const marker = await call("DeleteObject", { Bucket, Key });
  assert.equal(marker.DeleteMarker, true);
  const destroy = (BypassGovernanceRetention = false) =>
    call("DeleteObject", { Bucket, Key, VersionId, BypassGovernanceRetention });
  await assert.rejects(destroy(), refusedWith("AccessDenied", 403));
  await assert.rejects(destroy(true), refusedWith("AccessDenied", 403));
  const until = new Date(world.clock.now() + day);
  await assert.rejects(
    call("PutObjectRetention", { Bucket, Key, VersionId, Retention: { Mode: "COMPLIANCE", RetainUntilDate: until } }),
    refusedWith("AccessDenied", 403),
  );
  world.clock.advance(3 * day);
  await call("PutObjectLegalHold", { Bucket, Key, VersionId, LegalHold: { Status: "ON" } });
  await assert.rejects(destroy(), refusedWith("AccessDenied", 403));
  await call("PutObjectLegalHold", { Bucket, Key, VersionId, LegalHold: { Status: "OFF" } });
  await destroy();
});

test("governance can be gone past by who says so and may", async (t) => {
  const { call, world, s3 } = await testS3(t);
  await call("CreateBucket", { Bucket, ObjectLockEnabledForBucket: true });
  const { VersionId } = await call(
    "PutObject",
    {
      Bucket,
      Key,
      ObjectLockMode: "GOVERNANCE",
      ObjectLockRetainUntilDate: new Date(world.clock.now() + day),
      ChecksumAlgorithm: "CRC32",
    },
    { body: "x" },
  );
  const head = await call("HeadObject", { Bucket, Key });
  assert.equal(head.ObjectLockMode, "GOVERNANCE");
  await assert.rejects(call("DeleteObject", { Bucket, Key, VersionId }), refusedWith("AccessDenied", 403));
  const { deleteObject } = await import("../operations/delete-objects.ts");
  const { testCall } = await import("../../call.fixture.ts");
  const needs = deleteObject(s3).needs(
    { Bucket, Key, VersionId, BypassGovernanceRetention: true },
    testCall({ service: "s3", operation: "DeleteObject", world }),
  );
  assert.deepEqual(
    needs.map(({ action }) => action),
    ["s3:DeleteObjectVersion", "s3:BypassGovernanceRetention"],
  );
  await call("DeleteObject", { Bucket, Key, VersionId, BypassGovernanceRetention: true });
});

test("a bucket without Object Lock refuses locks, and gets it once it has versioning", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key });
  await assert.rejects(
    call("PutObjectLegalHold", { Bucket, Key, LegalHold: { Status: "ON" } }),
    refusedWith("InvalidRequest", 400),
  );
  const put = () =>
    call("PutObjectLockConfiguration", { Bucket, ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } });
  await assert.rejects(put(), refusedWith("InvalidBucketState", 409));
  await call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await put();
  assert.deepEqual(await call("GetObjectLockConfiguration", { Bucket }), {
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
  });
  await assert.rejects(
    call("GetObjectRetention", { Bucket, Key, VersionId: "null" }),
    refusedWith("NoSuchObjectLockConfiguration", 404),
  );
});

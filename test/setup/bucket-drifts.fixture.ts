import { nameOf } from "../../src/setup/settings/place.ts";
import { type DriftRow, newName } from "./drift-row.fixture.ts";
import { deleteBucket, expireAfter, openBucketFor } from "./way.fixture.ts";

/** What is done to the bucket, and to the key that its log files are encrypted with. */
export const bucketDrifts: readonly DriftRow[] = [
  {
    check: "protection-removed",
    title: "versioning is suspended",
    situation: "own",
    async make({ mallory }, { bucket }) {
      const VersioningConfiguration = { Status: "Suspended" as const };
      await (await mallory("s3")).call("PutBucketVersioning", { Bucket: nameOf(bucket), VersioningConfiguration });
    },
    says: /kept versions and does not any more.*gone for good/,
    manner: "repair",
    eventName: "PutBucketVersioning",
  },
  {
    check: "bucket-policy-changed",
    title: "the bucket's policy is taken away",
    situation: "own",
    async make({ mallory }, { bucket }) {
      await (await mallory("s3")).call("DeleteBucketPolicy", { Bucket: nameOf(bucket) });
    },
    says: /CloudTrail may not write all log files.*tries for 30 days/,
    manner: "propose",
    eventName: "DeleteBucketPolicy",
  },
  {
    check: "bucket-deleted",
    title: "the bucket is emptied and deleted",
    situation: "own",
    async make({ mallory }, { bucket }) {
      await deleteBucket(await mallory("s3"), nameOf(bucket));
    },
    says: /The bucket .* was there and is deleted.*tries for 30 days/,
    manner: "repair",
    eventName: "DeleteBucket",
  },
  {
    check: "bucket-reassigned",
    title: "the trail delivers into another bucket",
    situation: "own",
    async make(place, way) {
      const S3BucketName = newName("logs");
      await openBucketFor(await place.mallory("s3"), S3BucketName, place, way);
      await (await place.mallory("cloudtrail")).call("UpdateTrail", { Name: way.trail.arn, S3BucketName });
    },
    says: /delivered into the bucket .* and delivers into the bucket mallory-logs-\d+.*nothing is lost/,
    manner: "repair",
    eventName: "UpdateTrail",
    follows: "bucket",
  },
  {
    check: "key-unusable",
    title: "the key is disabled",
    situation: "organization",
    async make({ mallory }, { wiring }) {
      await (await mallory("kms")).call("DisableKey", { KeyId: wiring.places.key?.arn });
    },
    says: /The key .* was enabled and is disabled.*encrypt no log files/,
    manner: "repair",
    eventName: "DisableKey",
  },
  {
    check: "key-unusable",
    title: "the key's policy keeps CloudTrail out",
    situation: "organization",
    async make({ mallory, accountId }, { wiring }) {
      const owner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Resource: "*" };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...owner, Action: "kms:*" }] });
      await (
        await mallory("kms")
      ).call("PutKeyPolicy", { KeyId: wiring.places.key?.arn, PolicyName: "default", Policy });
    },
    says: /CloudTrail may not encrypt log files with the key.*delivers none/,
    manner: "propose",
    eventName: "PutKeyPolicy",
  },
  {
    check: "lifecycle-shortened",
    title: "log files are deleted after a month",
    situation: "organization",
    async make({ mallory }, { bucket }) {
      await expireAfter(await mallory("s3"), nameOf(bucket), 30);
    },
    says: /stay 30 days \(before: 400 days\); 365 days are promised.*S3 deletes log files/,
    manner: "propose",
    eventName: "PutBucketLifecycle",
  },
  {
    check: "protection-removed",
    title: "new log files are not locked any more",
    situation: "organization",
    async make({ mallory }, { bucket }) {
      const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" as const };
      const change = { Bucket: nameOf(bucket), ObjectLockConfiguration };
      await (await mallory("s3")).call("PutObjectLockConfiguration", change);
    },
    says: /were locked for 30 days \(GOVERNANCE\) and are not locked any more.*can be deleted sooner/,
    manner: "propose",
    eventName: "PutBucketObjectLockConfiguration",
  },
];

import { AwsError } from "../../../../aws/index.ts";
import { malformedXml, notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketVersioning(s3: S3): S3Operation<"GetBucketVersioning"> {
  return onBucket(s3, "GetBucketVersioning", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketVersioning")],
    answer: (_input, { versioning }) => (versioning === undefined ? {} : { Status: versioning }),
  });
}

export function putBucketVersioning(s3: S3): S3Operation<"PutBucketVersioning"> {
  return onBucket(s3, "PutBucketVersioning", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketVersioning")],
    answer(input, bucket) {
      const { Status: status, MFADelete: mfaDelete } = input.VersioningConfiguration ?? {};
      if (input.MFA !== undefined || mfaDelete === "Enabled") throw notImplemented("MFA delete");
      if (status !== "Enabled" && status !== "Suspended") throw malformedXml();
      // S3 User Guide, 'Locking objects with Object Lock': versioning of such a bucket cannot be suspended.
      if (status === "Suspended" && bucket.objectLock !== undefined) {
        throw new AwsError(
          "InvalidBucketState",
          "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
          409,
        );
      }
      s3.buckets.put(bucket.name, { ...bucket, versioning: status });
      return {};
    },
  });
}

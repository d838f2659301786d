import { AwsError } from "../../../../aws/index.ts";
import { type Bucket, withoutSetting } from "../bucket.ts";
import { malformedXml, notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketLogging(s3: S3): S3Operation<"GetBucketLogging"> {
  return onBucket(s3, "GetBucketLogging", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketLogging")],
    answer: (_input, { logging }) => (logging === undefined ? {} : { LoggingEnabled: logging }),
  });
}

/**
 * Keeps the setting, whole. No access log is written: S3 promises none in particular ("best-effort", S3 User Guide,
 * 'Logging requests with server access logging'), and the sandbox writes none.
 */
export function putBucketLogging(s3: S3): S3Operation<"PutBucketLogging"> {
  return onBucket(s3, "PutBucketLogging", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketLogging")],
    answer(input, bucket) {
      if (input.BucketLoggingStatus === undefined) throw malformedXml();
      const { LoggingEnabled: logging } = input.BucketLoggingStatus;
      if (logging === undefined) {
        s3.buckets.put(bucket.name, withoutSetting(bucket, "logging"));
        return {};
      }
      if (logging.TargetBucket === undefined || logging.TargetPrefix === undefined) throw malformedXml();
      if ((logging.TargetGrants?.length ?? 0) > 0) throw notImplemented("grants of log files");
      checkTarget(bucket, s3.buckets.get(logging.TargetBucket));
      s3.buckets.put(bucket.name, { ...bucket, logging });
      return {};
    },
  });
}

function checkTarget(bucket: Bucket, target: Bucket | undefined): void {
  if (target === undefined) throw invalidTarget("The target bucket for logging does not exist");
  if (target.ownerId !== bucket.ownerId) {
    throw invalidTarget("The owner for the bucket to be logged and the target bucket must be the same.");
  }
  if (target.region !== bucket.region) {
    throw new AwsError(
      "CrossLocationLoggingProhibited",
      "Cross S3 location logging not allowed. A bucket in one location cannot log information to a bucket in another location.",
      403,
    );
  }
}

function invalidTarget(message: string): AwsError {
  return new AwsError("InvalidTargetBucketForLogging", message, 400);
}

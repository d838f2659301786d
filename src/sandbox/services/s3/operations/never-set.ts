import { AwsError, type OperationName, type OutputOf } from "../../../../aws/index.ts";
import { notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

// Settings that make S3 do something that is not done here (answer browsers, serve pages, copy, count, report): to set
// them is refused, so that they read as never set. To delete what is not there is no error, as on AWS.

/** Answers what AWS answers where the setting was never made. */
function absent<Name extends OperationName<"s3">>(
  s3: S3,
  name: Name,
  action: string,
  error: readonly [code: string, message: string],
): S3Operation<Name> {
  return onBucket(s3, name, {
    needs: (_input, bucket) => [bucketNeed(bucket, action)],
    answer(_input, bucket) {
      throw new AwsError(error[0], error[1], 404, { BucketName: bucket.name });
    },
  });
}

function constant<Name extends OperationName<"s3">>(
  s3: S3,
  name: Name,
  action: string,
  output: OutputOf<"s3", Name>,
): S3Operation<Name> {
  return onBucket(s3, name, {
    needs: (_input, bucket) => [bucketNeed(bucket, action)],
    answer: () => output,
  });
}

function refused<Name extends OperationName<"s3">>(
  s3: S3,
  name: Name,
  action: string,
  what: string,
): S3Operation<Name> {
  return onBucket(s3, name, {
    needs: (_input, bucket) => [bucketNeed(bucket, action)],
    answer() {
      throw notImplemented(what);
    },
  });
}

const noSuchConfiguration = ["NoSuchConfiguration", "The specified configuration does not exist."] as const;

export function neverSet(s3: S3) {
  return {
    GetBucketCors: absent(s3, "GetBucketCors", "s3:GetBucketCORS", [
      "NoSuchCORSConfiguration",
      "The CORS configuration does not exist",
    ]),
    PutBucketCors: refused(s3, "PutBucketCors", "s3:PutBucketCORS", "CORS"),
    DeleteBucketCors: constant(s3, "DeleteBucketCors", "s3:PutBucketCORS", {}),
    GetBucketWebsite: absent(s3, "GetBucketWebsite", "s3:GetBucketWebsite", [
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration",
    ]),
    PutBucketWebsite: refused(s3, "PutBucketWebsite", "s3:PutBucketWebsite", "websites"),
    DeleteBucketWebsite: constant(s3, "DeleteBucketWebsite", "s3:DeleteBucketWebsite", {}),
    GetBucketReplication: absent(s3, "GetBucketReplication", "s3:GetReplicationConfiguration", [
      "ReplicationConfigurationNotFoundError",
      "The replication configuration was not found",
    ]),
    PutBucketReplication: refused(s3, "PutBucketReplication", "s3:PutReplicationConfiguration", "replication"),
    DeleteBucketReplication: constant(s3, "DeleteBucketReplication", "s3:PutReplicationConfiguration", {}),
    GetBucketAnalyticsConfiguration: absent(
      s3,
      "GetBucketAnalyticsConfiguration",
      "s3:GetAnalyticsConfiguration",
      noSuchConfiguration,
    ),
    ListBucketAnalyticsConfigurations: constant(
      s3,
      "ListBucketAnalyticsConfigurations",
      "s3:GetAnalyticsConfiguration",
      { IsTruncated: false },
    ),
    GetBucketInventoryConfiguration: absent(
      s3,
      "GetBucketInventoryConfiguration",
      "s3:GetInventoryConfiguration",
      noSuchConfiguration,
    ),
    ListBucketInventoryConfigurations: constant(
      s3,
      "ListBucketInventoryConfigurations",
      "s3:GetInventoryConfiguration",
      { IsTruncated: false },
    ),
    GetBucketMetricsConfiguration: absent(
      s3,
      "GetBucketMetricsConfiguration",
      "s3:GetMetricsConfiguration",
      noSuchConfiguration,
    ),
    ListBucketMetricsConfigurations: constant(s3, "ListBucketMetricsConfigurations", "s3:GetMetricsConfiguration", {
      IsTruncated: false,
    }),
    GetBucketIntelligentTieringConfiguration: absent(
      s3,
      "GetBucketIntelligentTieringConfiguration",
      "s3:GetIntelligentTieringConfiguration",
      noSuchConfiguration,
    ),
    ListBucketIntelligentTieringConfigurations: constant(
      s3,
      "ListBucketIntelligentTieringConfigurations",
      "s3:GetIntelligentTieringConfiguration",
      { IsTruncated: false },
    ),
    GetBucketAccelerateConfiguration: constant(
      s3,
      "GetBucketAccelerateConfiguration",
      "s3:GetAccelerateConfiguration",
      {},
    ),
    PutBucketAccelerateConfiguration: refused(
      s3,
      "PutBucketAccelerateConfiguration",
      "s3:PutAccelerateConfiguration",
      "transfer acceleration",
    ),
    GetBucketAbac: constant(s3, "GetBucketAbac", "s3:GetBucketAbac", { AbacStatus: { Status: "Disabled" } }),
    PutBucketAbac: refused(s3, "PutBucketAbac", "s3:PutBucketAbac", "access by tags of buckets"),
  };
}

import { type Aws, outcome } from "../contract-case.ts";

export interface TrailSetting {
  readonly bucket: string;
  readonly trail: string;
  readonly trailArn: string;
}

/** A bucket that lets a trail of this case write, which is yet to be made. */
export async function trailSetting(aws: Aws, kind = "trail", prefix = ""): Promise<TrailSetting> {
  const [bucket, trail] = [aws.name(`${kind}-bucket`), aws.name(kind)];
  const trailArn = `arn:aws:cloudtrail:${aws.region}:${aws.accountId}:trail/${trail}`;
  // A region takes five trails.
  aws.afterwards(async () => void (await outcome(aws.call("cloudtrail", "DeleteTrail", { Name: trail }))));
  await makeBucket(aws, bucket);
  await aws.call("s3", "PutBucketPolicy", { Bucket: bucket, Policy: bucketPolicy(aws, bucket, trailArn, prefix) });
  return { bucket, trail, trailArn };
}

/** A trail of this case's own. */
export async function trailWith(aws: Aws, input: object = {}) {
  const { bucket, trail, trailArn } = await trailSetting(aws);
  const made = await aws.call("cloudtrail", "CreateTrail", { Name: trail, S3BucketName: bucket, ...input });
  return { bucket, trail, trailArn, made };
}

export async function makeBucket(aws: Aws, Bucket: string): Promise<void> {
  const LocationConstraint = "eu-central-1";
  await aws.call("s3", "CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint } });
}

/** A bucket of this case's own. */
export async function bucketOf(aws: Aws): Promise<string> {
  const bucket = aws.name("bucket");
  await makeBucket(aws, bucket);
  return bucket;
}

/** CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
export function bucketPolicy(aws: Aws, bucket: string, trailArn: string, prefix = ""): string {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  return policy([
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "AWSCloudTrailWrite20150319",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${bucket}/${prefix}AWSLogs/${aws.accountId}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn } },
    },
  ]);
}

export function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

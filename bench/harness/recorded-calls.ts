import { gunzipSync } from "node:zlib";

import { type AwsClient, clientFor, type ServiceName } from "../../src/aws/index.ts";
import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";
import { type CallTarget, prepareCall } from "./prepare-calls.ts";

const logsBucket = "example-recorded-logs";
const dataBucket = "example-recorded-data";

/** A bucket of logs and a trail that writes everything there, the objects of a bucket of data too. */
export async function recordEverything(target: CallTarget): Promise<void> {
  await using s3 = await client("s3", target);
  for (const Bucket of [logsBucket, dataBucket]) {
    await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } });
  }
  await s3.call("PutBucketPolicy", { Bucket: logsBucket, Policy: trailBucketPolicy(logsBucket) });
  await using cloudtrail = await client("cloudtrail", target);
  await cloudtrail.call("CreateTrail", { Name: "all", S3BucketName: logsBucket, IsMultiRegionTrail: true });
  await cloudtrail.call("PutEventSelectors", {
    TrailName: "all",
    EventSelectors: [
      {
        ReadWriteType: "All",
        IncludeManagementEvents: true,
        DataResources: [{ Type: "AWS::S3::Object", Values: [`arn:aws:s3:::${dataBucket}/`] }],
      },
    ],
  });
  await cloudtrail.call("StartLogging", { Name: "all" });
}

/** CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail". */
export function trailBucketPolicy(bucket: string): string {
  const principal = { Service: "cloudtrail.amazonaws.com" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: principal, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${bucket}` },
      {
        Effect: "Allow",
        Principal: principal,
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucket}/AWSLogs/*`,
        Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
    ],
  });
}

/** Reads and writes of five services, some refused, ready to be sent. */
export function prepareCalls(target: CallTarget): Promise<readonly Buffer[]> {
  return Promise.all([
    prepareCall(target, "sts", "GetCallerIdentity", {}),
    prepareCall(target, "s3", "PutObject", { Bucket: dataBucket, Key: "a", Body: "an object" }),
    prepareCall(target, "iam", "CreateUser", { UserName: "mary" }),
    prepareCall(target, "ec2", "DescribeVpcs", {}),
    prepareCall(target, "s3", "GetObject", { Bucket: dataBucket, Key: "a" }),
    prepareCall(target, "iam", "DeleteUser", { UserName: "mary" }),
    prepareCall(target, "iam", "ListUsers", {}),
    prepareCall(target, "cloudtrail", "GetTrailStatus", { Name: "all" }),
  ]);
}

/** Every record in the log files that the trail has written. */
export async function deliveredRecords(target: CallTarget): Promise<readonly CloudTrailRecord[]> {
  await using s3 = await client("s3", target);
  const records: CloudTrailRecord[] = [];
  for (let token: string | undefined, isDone = false; !isDone;) {
    const page = await s3.call("ListObjectsV2", { Bucket: logsBucket, ContinuationToken: token });
    for (const { Key = "" } of page.Contents ?? []) {
      if (!Key.includes("/CloudTrail/")) continue;
      const { Body } = await s3.call("GetObject", { Bucket: logsBucket, Key });
      const text = gunzipSync((await Body?.transformToByteArray()) ?? "").toString("utf8");
      records.push(...(JSON.parse(text) as { readonly Records: readonly CloudTrailRecord[] }).Records);
    }
    token = page.NextContinuationToken;
    isDone = token === undefined;
  }
  return records;
}

function client<S extends ServiceName>(service: S, { url, region, credentials }: CallTarget): Promise<AwsClient<S>> {
  return clientFor(service, { endpoint: url, region, credentials });
}

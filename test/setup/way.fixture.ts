import assert from "node:assert/strict";
import { AwsCallError, type AwsClient } from "../../src/aws/index.ts";
import { bucketStatements, topicStatement } from "../../src/setup/policies/statements.ts";
import { nameOf, type Place } from "../../src/setup/settings/place.ts";
import type { Wiring } from "../../src/setup/wiring/wiring.ts";
import { type CarePlace, deploymentName, region } from "./care.fixture.ts";

/** The parts that every way has, by their places. */
export interface Way {
  readonly trail: Place;
  readonly bucket: Place;
  readonly topic: Place;
  readonly queue: Place;
  readonly wiring: Wiring;
}

export function wayOf(wiring: Wiring): Way {
  const { trail, bucket, topic, queue } = wiring.places;
  assert.ok(trail !== undefined && bucket !== undefined && topic !== undefined && queue !== undefined);
  return { trail, bucket, topic, queue, wiring };
}

/** The way as it is now, without a repair. */
export async function wayNow({ setup }: CarePlace): Promise<Way> {
  const { wiring } = await setup.check(deploymentName, { repairs: false });
  return wayOf(wiring);
}

export async function subscriptionArn({ admin }: CarePlace, { topic, queue }: Way): Promise<string> {
  const { Subscriptions = [] } = await (await admin("sns")).call("ListSubscriptionsByTopic", { TopicArn: topic.arn });
  const found = Subscriptions.find(({ Endpoint }) => Endpoint === queue.arn)?.SubscriptionArn;
  assert.ok(found !== undefined);
  return found;
}

export async function queueUrlOf({ admin }: CarePlace, { queue }: Way): Promise<string> {
  const { QueueUrl = "" } = await (await admin("sqs")).call("GetQueueUrl", { QueueName: nameOf(queue) });
  return QueueUrl;
}

/** The policy of a topic that takes the trail's notices. */
export function letCloudTrailIn({ trail }: Way, topicArn: string): string {
  const Statement = [topicStatement({ topicArn, trailArns: [trail.arn] })];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** Makes a bucket that takes the trail's log files, and keeps them as well as the one that it delivers into. */
export async function openBucketFor(
  s3: AwsClient<"s3">,
  Bucket: string,
  { accountId }: CarePlace,
  { trail, wiring }: Pick<Way, "trail" | "wiring">,
): Promise<void> {
  const { "bucket-object-lock": lock, "bucket-lifecycle": rules } = wiring.values;
  await s3.call("CreateBucket", {
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: region as "eu-central-1" },
    ObjectLockEnabledForBucket: lock !== undefined,
  });
  const organizationId = wiring.places.organization?.arn;
  const folders = [accountId, ...(organizationId === undefined ? [] : [organizationId])];
  const bucketArn = `arn:aws:s3:::${Bucket}`;
  const Statement = bucketStatements({ bucketArn, prefix: "", trailArns: [trail.arn], folders });
  await s3.call("PutBucketPolicy", { Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  if (lock !== undefined) await lockFor(s3, Bucket, lock.days);
  if (rules !== undefined) await expireAfter(s3, Bucket, 400);
}

/** Log files cannot be deleted for so long, but by who may bypass it. */
export async function lockFor(s3: AwsClient<"s3">, Bucket: string, Days: number): Promise<void> {
  const Rule = { DefaultRetention: { Mode: "GOVERNANCE" as const, Days } };
  await s3.call("PutObjectLockConfiguration", {
    Bucket,
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule },
  });
}

/** Log files are deleted after so long. */
export async function expireAfter(s3: AwsClient<"s3">, Bucket: string, Days: number): Promise<void> {
  const Rules = [{ ID: "old", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days } }];
  await s3.call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules } });
}

/** Deletes a bucket with all versions that lie in it, also of what is locked. */
export async function deleteBucket(s3: AwsClient<"s3">, Bucket: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await emptyBucket(s3, Bucket);
      await s3.call("DeleteBucket", { Bucket });
      return;
    } catch (error) {
      // CloudTrail delivered a file in between.
      if (!(error instanceof AwsCallError) || error.code !== "BucketNotEmpty" || tries > 5) throw error;
    }
  }
}

async function emptyBucket(s3: AwsClient<"s3">, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.call("ListObjectVersions", { Bucket });
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await s3.call("DeleteObjects", { Bucket, Delete: { Objects }, BypassGovernanceRetention: true });
  }
}

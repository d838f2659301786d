import assert from "node:assert/strict";
import type { AwsClient } from "../../src/aws/index.ts";
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

/** Makes a bucket that takes the trail's log files. */
export async function openBucketFor(
  s3: AwsClient<"s3">,
  Bucket: string,
  { accountId }: CarePlace,
  { trail }: Way,
): Promise<void> {
  await s3.call("CreateBucket", {
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: region as "eu-central-1" },
  });
  const bucketArn = `arn:aws:s3:::${Bucket}`;
  const Statement = bucketStatements({ bucketArn, prefix: "", trailArns: [trail.arn], folders: [accountId] });
  await s3.call("PutBucketPolicy", { Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
}

/** Deletes all versions, also of what is locked. */
export async function emptyBucket(s3: AwsClient<"s3">, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.call("ListObjectVersions", { Bucket });
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await s3.call("DeleteObjects", { Bucket, Delete: { Objects }, BypassGovernanceRetention: true });
  }
}

import { nameOf } from "../../src/setup/settings/place.ts";
import type { Wiring, WiringPart } from "../../src/setup/wiring/wiring.ts";
import { type CarePlace, deploymentName } from "./care.fixture.ts";
import {
  emptyBucket,
  letCloudTrailIn,
  openBucketFor,
  queueUrlOf,
  subscriptionArn,
  type Way,
  wayOf,
} from "./way.fixture.ts";

/** Where a drift is made: which account, and how its way was set up. */
export type SituationName = "own" | "organization" | "single-region";

/** A kind of drift, how somebody makes it, and what is to come of it. */
export interface DriftRow {
  readonly check: string;
  readonly title: string;
  readonly situation: SituationName;
  /** By calls of the user mallory. */
  make(place: CarePlace, way: Way): Promise<void>;
  /** What has changed and what it costs, as it is to be told. */
  readonly says: RegExp;
  readonly manner: "repair" | "propose" | "tell";
  /** Which of her calls it was. */
  readonly eventName: string;
  /** The part that is followed: it is another afterwards. */
  readonly follows?: WiringPart;
  /** What a person does where only a person can. */
  act?(place: CarePlace, way: Way): Promise<void>;
  /** What is done between the change and its repair is never recorded; otherwise it comes in the end. */
  readonly losesEvents?: boolean;
  /** So long AWS lets nobody mend it. */
  readonly refusedForMs?: number;
}

let made = 0;

/** A name that no earlier drift of this process has used. */
function newName(kind: string): string {
  made += 1;
  return `mallory-${kind}-${made}`;
}

function changeTrail(change: object): DriftRow["make"] {
  return async ({ mallory }, { trail }) => {
    await (await mallory("cloudtrail")).call("UpdateTrail", { Name: trail.arn, ...change });
  };
}

function setSubscription(AttributeName: string, AttributeValue: string): DriftRow["make"] {
  return async (place, way) => {
    const sns = await place.mallory("sns");
    const SubscriptionArn = await subscriptionArn(place, way);
    await sns.call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName, AttributeValue });
  };
}

/** One row for each check, and more where it has several ends. */
export const driftRows: readonly DriftRow[] = [
  {
    check: "logging-stopped",
    title: "the trail is stopped",
    situation: "own",
    async make({ mallory }, { trail }) {
      await (await mallory("cloudtrail")).call("StopLogging", { Name: trail.arn });
    },
    says: /was logging and is stopped.*nothing is recorded/,
    manner: "repair",
    eventName: "StopLogging",
    losesEvents: true,
  },
  {
    check: "validation-off",
    title: "log file validation is switched off",
    situation: "own",
    make: changeTrail({ EnableLogFileValidation: false }),
    says: /validation of the trail .* was on and is off.*no digest/,
    manner: "repair",
    eventName: "UpdateTrail",
  },
  {
    check: "selectors-narrowed",
    title: "the trail records writes only",
    situation: "own",
    async make({ mallory }, { trail }) {
      const EventSelectors = [{ ReadWriteType: "WriteOnly" as const, IncludeManagementEvents: true }];
      await (await mallory("cloudtrail")).call("PutEventSelectors", { TrailName: trail.arn, EventSelectors });
    },
    says: /does not record any more: .*read/i,
    manner: "repair",
    eventName: "PutEventSelectors",
  },
  {
    check: "trail-single-region",
    title: "the trail is made one of its home region",
    situation: "own",
    make: changeTrail({ IsMultiRegionTrail: false }),
    says: /recorded all regions and records .* only.*Nothing is recorded in \d+ other regions/,
    manner: "repair",
    eventName: "UpdateTrail",
    losesEvents: true,
  },
  {
    check: "topic-policy-changed",
    title: "the topic's policy keeps CloudTrail out",
    situation: "own",
    async make({ mallory, accountId }, { topic }) {
      const owner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Resource: topic.arn };
      const AttributeValue = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ ...owner, Action: "SNS:Publish" }],
      });
      const change = { TopicArn: topic.arn, AttributeName: "Policy", AttributeValue };
      await (await mallory("sns")).call("SetTopicAttributes", change);
    },
    says: /CloudTrail may not publish to the topic.*no notice/,
    manner: "repair",
    eventName: "SetTopicAttributes",
  },
  {
    check: "subscription-removed",
    title: "the queue's subscription is removed",
    situation: "own",
    async make(place, way) {
      const SubscriptionArn = await subscriptionArn(place, way);
      await (await place.mallory("sns")).call("Unsubscribe", { SubscriptionArn });
    },
    says: /was subscribed to the topic .* and is not any more.*Notices .* went nowhere/,
    manner: "repair",
    eventName: "Unsubscribe",
  },
  {
    check: "subscription-filtered",
    title: "the subscription gets a filter",
    situation: "own",
    make: setSubscription("FilterPolicy", '{"kind":["orders"]}'),
    says: /had no filter and has the filter \{"kind":\["orders"\]\}.*filters let none/,
    manner: "repair",
    eventName: "SetSubscriptionAttributes",
  },
  {
    check: "raw-delivery-flipped",
    title: "raw delivery is switched",
    situation: "own",
    async make(place, way) {
      const isRaw = way.wiring.values.subscription?.isRaw === true;
      await setSubscription("RawMessageDelivery", String(!isRaw))(place, way);
    },
    says: /Notices came into the queue .* and come .*both forms are read/,
    manner: "repair",
    eventName: "SetSubscriptionAttributes",
  },
  {
    check: "queue-policy-changed",
    title: "the queue's policy is taken away",
    situation: "own",
    async make(place, way) {
      const QueueUrl = await queueUrlOf(place, way);
      await (await place.mallory("sqs")).call("SetQueueAttributes", { QueueUrl, Attributes: { Policy: "" } });
    },
    says: /may not send into the queue.*SNS drops the notices/,
    manner: "repair",
    eventName: "SetQueueAttributes",
  },
  {
    check: "topic-deleted",
    title: "the topic is deleted",
    situation: "own",
    async make({ mallory }, { topic }) {
      await (await mallory("sns")).call("DeleteTopic", { TopicArn: topic.arn });
    },
    says: /The topic .* was there and is deleted.*Notices .* went nowhere/,
    manner: "repair",
    eventName: "DeleteTopic",
  },
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
    check: "role-weakened",
    title: "our user may not read any more",
    situation: "own",
    async make({ mallory }) {
      const deny = { Effect: "Deny", Action: "s3:GetLifecycleConfiguration", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
      const policy = { UserName: "trailwarden", PolicyName: "less", PolicyDocument };
      await (await mallory("iam")).call("PutUserPolicy", policy);
    },
    says: /could read and may not read any more: the lifecycle rules.*cannot be seen/,
    manner: "tell",
    eventName: "PutUserPolicy",
    async act({ admin }) {
      await (await admin("iam")).call("DeleteUserPolicy", { UserName: "trailwarden", PolicyName: "less" });
    },
  },
  {
    check: "bucket-deleted",
    title: "the bucket is emptied and deleted",
    situation: "own",
    async make({ mallory }, { bucket }) {
      const s3 = await mallory("s3");
      await emptyBucket(s3, nameOf(bucket));
      await s3.call("DeleteBucket", { Bucket: nameOf(bucket) });
    },
    says: /The bucket .* was there and is deleted.*tries for 30 days/,
    manner: "repair",
    eventName: "DeleteBucket",
  },
  {
    check: "queue-deleted",
    title: "the queue is deleted",
    situation: "own",
    async make(place, way) {
      const QueueUrl = await queueUrlOf(place, way);
      await (await place.mallory("sqs")).call("DeleteQueue", { QueueUrl });
    },
    says: /The queue .* was there and is deleted.*Notices .* are gone/,
    manner: "repair",
    eventName: "DeleteQueue",
    refusedForMs: 61_000,
  },
  {
    check: "trail-deleted",
    title: "the trail is deleted",
    situation: "own",
    async make({ mallory }, { trail }) {
      await (await mallory("cloudtrail")).call("DeleteTrail", { Name: trail.arn });
    },
    says: /The trail .* was there and is deleted.*Nothing is recorded since/,
    manner: "repair",
    eventName: "DeleteTrail",
    losesEvents: true,
  },
  {
    check: "topic-changed",
    title: "the trail names another topic",
    situation: "own",
    async make({ mallory }, way) {
      const sns = await mallory("sns");
      const { TopicArn = "" } = await sns.call("CreateTopic", { Name: newName("topic") });
      const AttributeValue = letCloudTrailIn(way, TopicArn);
      await sns.call("SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
      await (await mallory("cloudtrail")).call("UpdateTrail", { Name: way.trail.arn, SnsTopicName: TopicArn });
    },
    says: /told the topic .* of its log files and tells .*do not come into our queue/,
    manner: "repair",
    eventName: "UpdateTrail",
    follows: "topic",
  },
  {
    check: "topic-changed",
    title: "the trail names no topic any more",
    situation: "own",
    make: changeTrail({ SnsTopicName: "" }),
    says: /told the topic .* of its log files and tells none.*No notice tells/,
    manner: "repair",
    eventName: "UpdateTrail",
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
      const Rules = [{ ID: "old", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 30 } }];
      const change = { Bucket: nameOf(bucket), LifecycleConfiguration: { Rules } };
      await (await mallory("s3")).call("PutBucketLifecycleConfiguration", change);
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
  {
    check: "member-missing",
    title: "the organization's trail is made one of its own account",
    situation: "organization",
    make: changeTrail({ IsOrganizationTrail: false }),
    says: /was the organization's and records its own account only.*member account/,
    manner: "repair",
    eventName: "UpdateTrail",
  },
  {
    check: "member-missing",
    title: "CloudTrail may not act in the organization any more",
    situation: "organization",
    async make({ mallory }) {
      const access = { ServicePrincipal: "cloudtrail.amazonaws.com" };
      await (await mallory("organizations")).call("DisableAWSServiceAccess", access);
    },
    says: /was allowed to act in the organization and is not any more.*Accounts that join/,
    manner: "repair",
    eventName: "DisableAWSServiceAccess",
  },
  {
    check: "region-silent",
    title: "the trail that records the other regions is stopped",
    situation: "single-region",
    async make({ mallory }) {
      await (await mallory("cloudtrail")).call("StopLogging", { Name: "wide" });
    },
    says: /recorded by no trail: .*us-east-1.*is in no log file/,
    manner: "propose",
    eventName: "StopLogging",
    losesEvents: true,
  },
];

/** The way as it is now, without a repair. */
export async function wayNow({ setup }: CarePlace): Promise<Way> {
  const { wiring } = await setup.check(deploymentName, { repairs: false });
  return wayOf(wiring);
}

export type { Way, Wiring };

import { type OutputOf } from "../../../aws/index.ts";
import { type Administrator, defineFault } from "../fault.ts";
import { WrongParameters } from "../parameters.ts";

const inRegion = {
  account: { kind: "text", summary: "The account that it belongs to" },
  region: { kind: "text", summary: "The region that it is in" },
} as const;

/** These are done by real calls, so that they are recorded as somebody's doing. */
export const removedBucketPolicy = defineFault({
  name: "removed-bucket-policy",
  summary: "A bucket's policy is deleted, so that CloudTrail may no longer write; clearing puts it back",
  parameters: { ...inRegion, bucket: { kind: "text", summary: "The bucket" } },
  async apply({ administrator, onDone }, { account, region, bucket: Bucket }) {
    const by = administrator(account, region);
    const { Policy } = await by.call("s3", "GetBucketPolicy", { Bucket });
    await by.call("s3", "DeleteBucketPolicy", { Bucket });
    onDone();
    return async () => void (await by.call("s3", "PutBucketPolicy", { Bucket, Policy }));
  },
});

export const removedBucket = defineFault({
  name: "removed-bucket",
  summary: "A bucket is deleted with all that is in it; clearing makes it anew, empty, with its policy",
  parameters: { ...inRegion, bucket: { kind: "text", summary: "The bucket" } },
  async apply({ administrator, onDone }, { account, region, bucket: Bucket }) {
    const by = administrator(account, region);
    const policy = await by.call("s3", "GetBucketPolicy", { Bucket }).catch(() => undefined);
    await emptyBucket(by, Bucket);
    await by.call("s3", "DeleteBucket", { Bucket });
    onDone();
    return async () => {
      const place =
        region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
      await by.call("s3", "CreateBucket", { Bucket, ...place });
      if (policy?.Policy !== undefined) await by.call("s3", "PutBucketPolicy", { Bucket, Policy: policy.Policy });
    };
  },
});

async function emptyBucket(by: Administrator, Bucket: string): Promise<void> {
  for (;;) {
    const told = await by.call("s3", "ListObjectVersions", { Bucket });
    const Objects = [...(told.Versions ?? []), ...(told.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (Objects.length === 0) return;
    await by.call("s3", "DeleteObjects", { Bucket, Delete: { Objects, Quiet: true } });
  }
}

export const removedTopicPolicy = defineFault({
  name: "removed-topic-policy",
  summary: "A topic's policy lets only its owner publish; clearing puts the old one back",
  parameters: { topic: { kind: "text", summary: "The topic's ARN" } },
  async apply({ administrator, onDone }, { topic: TopicArn }) {
    const { account, region } = placeOf(TopicArn);
    const by = administrator(account, region);
    const { Attributes } = await by.call("sns", "GetTopicAttributes", { TopicArn });
    const set = (AttributeValue: string) =>
      by.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
    const owner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` } };
    await set(statement({ ...owner, Action: "SNS:Publish", Resource: TopicArn }));
    onDone();
    return async () =>
      void (await set(Attributes?.["Policy"] ?? statement({ ...owner, Action: "SNS:*", Resource: TopicArn })));
  },
});

export const removedTopic = defineFault({
  name: "removed-topic",
  summary: "A topic is deleted; clearing makes it anew with its policy and its subscriptions of queues",
  parameters: { topic: { kind: "text", summary: "The topic's ARN" } },
  async apply({ administrator, onDone }, { topic: TopicArn }) {
    const { account, region, name } = placeOf(TopicArn);
    const by = administrator(account, region);
    const { Attributes } = await by.call("sns", "GetTopicAttributes", { TopicArn });
    const { Subscriptions = [] } = await by.call("sns", "ListSubscriptionsByTopic", { TopicArn });
    await by.call("sns", "DeleteTopic", { TopicArn });
    onDone();
    return async () => {
      await by.call("sns", "CreateTopic", { Name: name });
      const AttributeValue = Attributes?.["Policy"];
      if (AttributeValue !== undefined) {
        await by.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
      }
      for (const subscription of Subscriptions) await subscribe(by, TopicArn, subscription);
    };
  },
});

export const removedSubscription = defineFault({
  name: "removed-subscription",
  summary: "A topic's subscriptions of queues are ended; clearing makes them anew",
  parameters: { topic: { kind: "text", summary: "The topic's ARN" } },
  async apply({ administrator, onDone }, { topic: TopicArn }) {
    const { account, region } = placeOf(TopicArn);
    const by = administrator(account, region);
    const { Subscriptions = [] } = await by.call("sns", "ListSubscriptionsByTopic", { TopicArn });
    const ofQueues = Subscriptions.filter(({ Protocol }) => Protocol === "sqs");
    for (const { SubscriptionArn } of ofQueues) await by.call("sns", "Unsubscribe", { SubscriptionArn });
    onDone();
    return async () => {
      for (const subscription of ofQueues) await subscribe(by, TopicArn, subscription);
    };
  },
});

type Subscription = NonNullable<OutputOf<"sns", "ListSubscriptionsByTopic">["Subscriptions"]>[number];

async function subscribe(by: Administrator, TopicArn: string, { Protocol, Endpoint }: Subscription): Promise<void> {
  if (Protocol === "sqs") await by.call("sns", "Subscribe", { TopicArn, Protocol, Endpoint });
}

export const removedQueue = defineFault({
  name: "removed-queue",
  summary:
    "A queue is deleted with its messages; clearing makes it anew with its attributes, a minute later at the least",
  parameters: { queue: { kind: "text", summary: "The queue's ARN" } },
  async apply({ administrator, clock, onDone }, { queue }) {
    const { account, region, name } = placeOf(queue);
    const by = administrator(account, region);
    const { QueueUrl } = await by.call("sqs", "GetQueueUrl", { QueueName: name });
    const { Attributes = {} } = await by.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] });
    await by.call("sqs", "DeleteQueue", { QueueUrl });
    const deletedAt = clock.now();
    onDone();
    return async () => {
      await clock.waitUntil(deletedAt + nameFreeMilliseconds);
      const kept = Object.entries(Attributes).filter(([attribute]) => settable.has(attribute));
      await by.call("sqs", "CreateQueue", { QueueName: name, Attributes: Object.fromEntries(kept) });
    };
  },
});

/** Until a queue may have the name again: "you must wait 60 seconds" (SQS API Reference, CreateQueue, Errors). */
const nameFreeMilliseconds = 61_000;

/** Attributes that CreateQueue takes (SQS API Reference), as far as a queue of notices has them. */
const settable: ReadonlySet<string> = new Set([
  "DelaySeconds",
  "KmsMasterKeyId",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "Policy",
  "ReceiveMessageWaitTimeSeconds",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
]);

export const disabledKey = defineFault({
  name: "disabled-key",
  summary:
    "A key of KMS is disabled or on its way to be deleted, so that nothing can be sealed or opened; clearing undoes it",
  parameters: {
    key: { kind: "text", summary: "The key's ARN" },
    how: {
      kind: "choice",
      summary: "Whether it is disabled or scheduled for deletion",
      default: "disabled",
      among: ["disabled", "scheduled-for-deletion"],
    },
  },
  async apply({ administrator, onDone }, { key: KeyId, how }) {
    const { account, region } = placeOf(KeyId);
    const by = administrator(account, region);
    if (how === "disabled") await by.call("kms", "DisableKey", { KeyId });
    else await by.call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    onDone();
    return async () => {
      if (how !== "disabled") await by.call("kms", "CancelKeyDeletion", { KeyId });
      await by.call("kms", "EnableKey", { KeyId });
    };
  },
});

/** `arn:aws:sns:eu-central-1:111122223333:topic` */
function placeOf(arn: string): { readonly account: string; readonly region: string; readonly name: string } {
  const [scheme, , , region = "", account = "", ...name] = arn.split(":");
  if (scheme !== "arn" || region === "" || !/^\d{12}$/.test(account)) {
    throw new WrongParameters(`${arn.slice(0, 200)} is not the ARN of something in an account and a region`);
  }
  return { region, account, name: name.join(":") };
}

function statement(one: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [one] });
}

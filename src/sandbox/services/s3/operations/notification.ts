import { AwsError } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { type Bucket, type NotificationSetting, withoutSetting } from "../bucket.ts";
import { invalidArgument, malformedXml, notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { asS3 } from "../notices/announce.ts";
import { printTestMessage } from "../notices/event-message.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

export function getBucketNotification(s3: S3): S3Operation<"GetBucketNotificationConfiguration"> {
  return onBucket(s3, "GetBucketNotificationConfiguration", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:GetBucketNotification")],
    answer: (_input, { notification }) => notification ?? {},
  });
}

export function putBucketNotification(s3: S3): S3Operation<"PutBucketNotificationConfiguration"> {
  return onBucket(s3, "PutBucketNotificationConfiguration", {
    needs: (_input, bucket) => [bucketNeed(bucket, "s3:PutBucketNotification")],
    async answer(input, bucket, call) {
      const given = input.NotificationConfiguration;
      if (given === undefined) throw malformedXml();
      const notification = readSetting(s3, given);
      if (input.SkipDestinationValidation !== true) await testTargets(s3, bucket, notification, call);
      const now = s3.buckets.get(bucket.name) ?? bucket;
      const isEmpty = Object.keys(notification).length === 0;
      s3.buckets.put(bucket.name, isEmpty ? withoutSetting(now, "notification") : { ...now, notification });
      return {};
    },
  });
}

/** What the sandbox really sends; S3 User Guide, 'Event notification types and destinations', has more. */
const eventPatterns = new Set([
  "s3:ObjectCreated:*",
  "s3:ObjectCreated:Put",
  "s3:ObjectCreated:Copy",
  "s3:ObjectCreated:CompleteMultipartUpload",
  // Nobody posts forms to the sandbox: it never happens, so that asking for it is honoured.
  "s3:ObjectCreated:Post",
  "s3:ObjectRemoved:*",
  "s3:ObjectRemoved:Delete",
  "s3:ObjectRemoved:DeleteMarkerCreated",
  "s3:ObjectTagging:*",
  "s3:ObjectTagging:Put",
  "s3:ObjectTagging:Delete",
  "s3:ObjectAcl:Put",
  "s3:LifecycleExpiration:*",
  "s3:LifecycleExpiration:Delete",
  "s3:LifecycleExpiration:DeleteMarkerCreated",
]);

type Target = NonNullable<NotificationSetting["QueueConfigurations"]>[number] &
  NonNullable<NotificationSetting["TopicConfigurations"]>[number];

const targetsMax = 100;

function readSetting(s3: S3, given: NotificationSetting): NotificationSetting {
  if ((given.LambdaFunctionConfigurations?.length ?? 0) > 0) throw notImplemented("notices to Lambda functions");
  const queues = given.QueueConfigurations ?? [];
  const topics = given.TopicConfigurations ?? [];
  if (queues.length + topics.length > targetsMax) throw malformedXml();
  const targets = [...queues, ...topics] as Target[];
  for (const target of targets) checkTarget(target);
  checkOverlap(targets);
  const named = <Given extends { Id?: string | undefined }>(target: Given): Given => ({
    ...target,
    Id: target.Id ?? s3.world.random.uuid(),
  });
  return {
    ...(queues.length === 0 ? {} : { QueueConfigurations: queues.map(named) }),
    ...(topics.length === 0 ? {} : { TopicConfigurations: topics.map(named) }),
    ...(given.EventBridgeConfiguration === undefined ? {} : { EventBridgeConfiguration: {} }),
  };
}

function checkTarget({ Events: events, Filter: filter, QueueArn: queue, TopicArn: topic }: Target): void {
  const isArn = queue === undefined ? /^arn:aws:sns:[a-z0-9-]+:\d{12}:[^:]+$/ : /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[^:]+$/;
  if (!isArn.test(queue ?? topic ?? "")) {
    throw invalidArgument(
      "The ARN could not be parsed",
      queue === undefined ? "Topic" : "Queue",
      (queue ?? topic ?? "").slice(0, 200),
    );
  }
  if ((queue ?? topic ?? "").endsWith(".fifo")) {
    throw invalidArgument("FIFO destinations are not supported", "Arn", queue ?? topic ?? "");
  }
  if (events === undefined || events.length === 0) throw malformedXml();
  for (const event of events) {
    if (eventPatterns.has(event)) continue;
    if (
      /^s3:(?:ReducedRedundancyLostObject|Replication|ObjectRestore|LifecycleTransition|IntelligentTiering)/.test(event)
    ) {
      throw notImplemented(event);
    }
    throw invalidArgument("The event is not supported for notifications", "Event", event.slice(0, 200));
  }
  const rules = filter?.Key?.FilterRules ?? [];
  const names = rules.map(({ Name: name }) => name?.toLowerCase());
  if (names.some((name) => name !== "prefix" && name !== "suffix") || new Set(names).size < names.length) {
    throw invalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", String(names[0]));
  }
  if (rules.some(({ Value: value = "" }) => value.length > 1024)) {
    throw invalidArgument("Size of filter rule value cannot exceed 1024 bytes", "FilterRule.Value", "");
  }
}

/** No event may go to two targets by one kind of rule. S3 User Guide, 'Configuring event notifications using object key name filtering'. */
function checkOverlap(targets: readonly Target[]): void {
  for (const [index, one] of targets.entries()) {
    for (const other of targets.slice(index + 1)) {
      if (overlapInEvents(one, other) && overlapInRule(one, other, "prefix") && overlapInRule(one, other, "suffix")) {
        throw new AwsError(
          "InvalidArgument",
          "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
        );
      }
    }
  }
}

function overlapInEvents(one: Target, other: Target): boolean {
  const covers = (wide: string, narrow: string) =>
    wide === narrow || (wide.endsWith("*") && narrow.startsWith(wide.slice(0, -1)));
  return (one.Events ?? []).some((a) => (other.Events ?? []).some((b) => covers(a, b) || covers(b, a)));
}

function overlapInRule(one: Target, other: Target, name: "prefix" | "suffix"): boolean {
  const [a, b] = [one, other].map(
    ({ Filter }) => Filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? "",
  );
  if (a === undefined || b === undefined) return true;
  return name === "prefix" ? a.startsWith(b) || b.startsWith(a) : a.endsWith(b) || b.endsWith(a);
}

/** S3 sends a test to every target before it takes the setting; one that refuses it makes S3 refuse the setting. */
async function testTargets(s3: S3, bucket: Bucket, setting: NotificationSetting, call: Call): Promise<void> {
  const from = asS3(bucket);
  const message = printTestMessage(bucket, call);
  const targets = [
    ...(setting.QueueConfigurations ?? []).map(({ QueueArn: arn = "" }) => ({ arn, isQueue: true })),
    ...(setting.TopicConfigurations ?? []).map(({ TopicArn: arn = "" }) => ({ arn, isQueue: false })),
  ];
  for (const { arn, isQueue } of targets) {
    const isElsewhere = arn.split(":")[3] !== bucket.region;
    try {
      if (isElsewhere)
        throw new AwsError("InvalidArgument", "The notification destination service region is not valid");
      if (isQueue) await s3.outlets.notify.send(from, arn, message);
      else await s3.outlets.notify.publish(from, arn, "Amazon S3 Notification", message);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (isElsewhere) {
        throw invalidArgument(
          "The notification destination service region is not valid for the bucket location constraint",
          "Arn",
          arn,
        );
      }
      throw invalidArgument("Unable to validate the following destination configurations", arn, error.message);
    }
  }
}

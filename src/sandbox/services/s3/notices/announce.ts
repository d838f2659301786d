import { type Call } from "../../../service.ts";
import { type ServiceCall } from "../../../world.ts";
import { type Bucket, bucketArn, type NotificationSetting } from "../bucket.ts";
import { byteOrder } from "../objects/byte-order.ts";
import { type ObjectVersion } from "../objects/object-version.ts";
import { type S3 } from "../operation.ts";
import { printBusEvent, printEventMessage, type S3Event, type S3EventName } from "./event-message.ts";

/**
 * Tells whoever the bucket has set up of what happened to an object. A queue or topic that does not take the notice is
 * passed over: S3 does not tell who wrote (S3 User Guide, 'Amazon S3 Event Notifications').
 */
export async function announce(
  s3: S3,
  call: Call | undefined,
  bucket: Bucket,
  name: S3EventName,
  version: ObjectVersion,
): Promise<void> {
  const setting = s3.buckets.get(bucket.name)?.notification;
  if (setting === undefined) return;
  const event: S3Event = { name, at: s3.world.clock.now(), bucket, version, call };
  const from = asS3(bucket);
  const { notify } = s3.outlets;
  const sending = [
    ...(setting.QueueConfigurations ?? [])
      .filter((target) => wants(target, name, version.key))
      .map((target) => notify.send(from, target.QueueArn ?? "", printEventMessage(event, target.Id ?? ""))),
    ...(setting.TopicConfigurations ?? [])
      .filter((target) => wants(target, name, version.key))
      .map((target) =>
        notify.publish(
          from,
          target.TopicArn ?? "",
          "Amazon S3 Notification",
          printEventMessage(event, target.Id ?? ""),
        ),
      ),
    ...(setting.EventBridgeConfiguration === undefined
      ? []
      : [notify.putEvent(from, { ...printBusEvent(event), at: event.at, resource: bucketArn(bucket.name) })]),
  ];
  await Promise.allSettled(sending);
}

/** Who calls: S3, for a bucket, as policies of queues and topics see it. */
export function asS3({ name, ownerId, region }: Bucket): ServiceCall {
  return { service: "s3.amazonaws.com", region, sourceArn: bucketArn(name), sourceAccount: ownerId };
}

type Target = Pick<NonNullable<NotificationSetting["QueueConfigurations"]>[number], "Events" | "Filter">;

/** Whether a target asked for such an event of such a key. */
export function wants({ Events: events, Filter: filter }: Target, name: S3EventName, key: string): boolean {
  const isAsked = (events ?? []).some((event) =>
    event.endsWith("*") ? `s3:${name}`.startsWith(event.slice(0, -1)) : event === `s3:${name}`,
  );
  return (
    isAsked &&
    (filter?.Key?.FilterRules ?? []).every(({ Name: rule, Value: value = "" }) =>
      rule?.toLowerCase() === "prefix" ? key.startsWith(value) : byteOrder(key).endsWith(byteOrder(value)),
    )
  );
}

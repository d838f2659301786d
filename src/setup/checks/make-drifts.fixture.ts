import type { CheckContext } from "./check.ts";
import {
  contextOf,
  goodValues,
  own,
  places,
  policy,
  region,
  trailValue,
  wiring,
  withNow,
} from "./agreed-wiring.fixture.ts";
import { bucketStatements } from "../policies/statements.ts";
import type { TrailValue } from "../settings/values.ts";

/** A kind of drift, as somebody makes it on a good way. */
export interface MadeDrift {
  readonly check: string;
  /** Another good way to make it on, where the usual one cannot have it. */
  readonly base?: CheckContext;
  /** The same with it; nothing where it cannot be made any more. */
  make(context: CheckContext): CheckContext | undefined;
}

/** Trails of single regions cover the account's regions together. */
const singleTrail: TrailValue = { ...trailValue, isMultiRegion: false, hasGlobalEvents: false };
const singleWiring = wiring({ ...goodValues, trail: singleTrail });
export const singleRegionBase = contextOf({
  agreed: singleWiring,
  now: singleWiring,
  account: { ...contextOf().account, regions: [region] },
});

const otherBucket = "arn:aws:s3:::other-logs";
const otherTopic = `arn:aws:sns:${region}:${own}:other-topic`;

export const madeDrifts: readonly MadeDrift[] = [
  { check: "trail-deleted", make: (context) => deleteTrail(context) },
  { check: "bucket-reassigned", make: (context) => reassignBucket(context) },
  {
    check: "bucket-policy-changed",
    make: (context) =>
      context.now.values.bucket === undefined ? undefined : withNow(context, { "bucket-policy": undefined }),
  },
  {
    check: "bucket-deleted",
    make: (context) => {
      const isElsewhere = context.now.places.bucket?.arn !== places.bucket.arn;
      if (isElsewhere) return undefined;
      const names = Object.keys(goodValues).filter((name) => name.startsWith("bucket"));
      return withNow(context, Object.fromEntries(names.map((name) => [name, undefined])));
    },
  },
  { check: "topic-changed", make: (context) => changeTopic(context) },
  {
    check: "topic-policy-changed",
    make: (context) =>
      context.now.values.topic === undefined ? undefined : withNow(context, { "topic-policy": policy() }),
  },
  {
    check: "topic-deleted",
    make: (context) =>
      context.now.places.topic?.arn === places.topic.arn
        ? withNow(context, {
            topic: undefined,
            "topic-policy": undefined,
            "topic-key": undefined,
            subscription: undefined,
          })
        : undefined,
  },
  { check: "subscription-removed", make: (context) => withNow(context, { subscription: undefined }) },
  {
    check: "queue-policy-changed",
    make: (context) =>
      context.now.values.queue === undefined ? undefined : withNow(context, { "queue-policy": undefined }),
  },
  {
    check: "queue-deleted",
    make: (context) => withNow(context, { queue: undefined, "queue-policy": undefined, "queue-redrive": undefined }),
  },
  {
    check: "logging-stopped",
    make: (context) =>
      context.now.values.trail === undefined ? undefined : withNow(context, { "trail-logging": false }),
  },
  { check: "validation-off", make: (context) => changeTrail(context, { validatesLogFiles: false }) },
  {
    check: "selectors-narrowed",
    make: (context) =>
      context.now.values.trail === undefined
        ? undefined
        : withNow(context, { "trail-selectors": { basic: [{ ReadWriteType: "WriteOnly" }] } }),
  },
  { check: "key-unusable", make: (context) => withNow(context, { "key-state": "Disabled" }) },
  {
    check: "trail-single-region",
    make: (context) =>
      context.agreed.values.trail?.isMultiRegion === true
        ? changeTrail(context, { isMultiRegion: false, hasGlobalEvents: false })
        : undefined,
  },
  {
    check: "lifecycle-shortened",
    make: (context) =>
      context.now.values.bucket === undefined
        ? undefined
        : withNow(context, {
            "bucket-lifecycle": [{ ID: "old", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 30 } }],
          }),
  },
  {
    check: "protection-removed",
    make: (context) =>
      context.now.values.bucket === undefined || context.now.places.bucket?.arn !== places.bucket.arn
        ? undefined
        : withNow(context, { "bucket-object-lock": undefined, "bucket-versioning": "Suspended" }),
  },
  {
    check: "subscription-filtered",
    make: (context) => changeSubscription(context, { filterPolicy: '{"kind":["x"]}' }),
  },
  { check: "raw-delivery-flipped", make: (context) => changeSubscription(context, { isRaw: true }) },
  { check: "role-weakened", make: (context) => hideInsights(context) },
  { check: "member-missing", make: (context) => changeTrail(context, { isOrganization: false }) },
  {
    check: "region-silent",
    base: singleRegionBase,
    make: (context) =>
      context.agreed.values.trail?.isMultiRegion === false && context.now.values.trail !== undefined
        ? { ...context, account: { ...context.account, regions: [region, "ap-south-2"] } }
        : undefined,
  },
];

function changeTrail(context: CheckContext, change: Partial<TrailValue>): CheckContext | undefined {
  const { trail } = context.now.values;
  return trail === undefined ? undefined : withNow(context, { trail: { ...trail, ...change } });
}

function deleteTrail(context: CheckContext): CheckContext | undefined {
  // A trail that was changed before it was deleted leaves its way behind as it was.
  const { trail } = context.now.values;
  if (trail === undefined || trail.bucket !== trailValue.bucket || trail.topicArn !== trailValue.topicArn)
    return undefined;
  const gone = withNow(context, {
    trail: undefined,
    "trail-logging": undefined,
    "trail-selectors": undefined,
    "trail-insights": undefined,
  });
  return { ...gone, account: { ...gone.account, trails: [] }, now: { ...gone.now, status: undefined } };
}

function reassignBucket(context: CheckContext): CheckContext | undefined {
  const moved = changeTrail(context, { bucket: "other-logs" });
  if (moved === undefined || moved.now.values.bucket === undefined) return undefined;
  const there = bucketStatements({
    bucketArn: otherBucket,
    prefix: "",
    trailArns: [places.trail.arn],
    folders: [own, "o-abc1234567"],
  });
  const bucket = { ...places.bucket, arn: otherBucket };
  const policyThere = moved.now.values["bucket-policy"] === undefined ? undefined : policy(...there);
  return withNow(
    { ...moved, now: { ...moved.now, places: { ...moved.now.places, bucket } } },
    { "bucket-policy": policyThere },
  );
}

function changeTopic(context: CheckContext): CheckContext | undefined {
  const moved = changeTrail(context, { topicArn: otherTopic });
  if (moved === undefined || moved.now.values.topic === undefined) return undefined;
  const topic = { ...places.topic, arn: otherTopic };
  const subscription = { ...topic, to: places.queue.arn };
  const there = { ...moved.now.places, topic, subscription };
  // CloudTrail takes no topic that does not let it publish.
  const text = JSON.stringify(goodValues["topic-policy"]).replaceAll(places.topic.arn, otherTopic);
  return withNow(
    { ...moved, now: { ...moved.now, places: there } },
    { subscription: undefined, "topic-policy": JSON.parse(text) as (typeof goodValues)["topic-policy"] },
  );
}

function changeSubscription(context: CheckContext, change: object): CheckContext | undefined {
  const { subscription } = context.now.values;
  return subscription === undefined ? undefined : withNow(context, { subscription: { ...subscription, ...change } });
}

function hideInsights(context: CheckContext): CheckContext {
  const unread = [{ setting: "trail-insights", code: "AccessDenied", sentence: "Not allowed" }] as const;
  return { ...context, now: { ...withNow(context, { "trail-insights": undefined }).now, unread } };
}

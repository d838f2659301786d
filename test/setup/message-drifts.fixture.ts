import { changeTrail, type DriftRow, newName } from "./drift-row.fixture.ts";
import { letCloudTrailIn, queueUrlOf, subscriptionArn } from "./way.fixture.ts";

function setSubscription(AttributeName: string, AttributeValue: string): DriftRow["make"] {
  return async (place, way) => {
    const sns = await place.mallory("sns");
    const SubscriptionArn = await subscriptionArn(place, way);
    await sns.call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName, AttributeValue });
  };
}

/** What is done to topic, subscription and queue. */
export const messageDrifts: readonly DriftRow[] = [
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
];

import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";
import { readArn } from "../resource-arn.ts";

/** A topic as it lasts; attributes are those that were set. */
export interface Topic {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** How many confirmed subscriptions it has lost. */
  readonly subscriptionsDeleted: number;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: "sqs" | "http" | "https";
  readonly endpoint: string;
  readonly ownerId: string;
  /** Who subscribed, as `SubscriptionPrincipal`. */
  readonly principalArn: string;
  readonly createdAt: number;
  /** What has to be sent back; gone once it is confirmed. */
  readonly token?: string;
  readonly wasAuthenticated: boolean;
  /** `AuthenticateOnUnsubscribe` of the confirmation. */
  readonly isUnsubscribeSigned: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** SNS Developer Guide, "Confirming the subscription": a token is good for two days. */
export const tokenMilliseconds = 2 * 24 * 3_600_000;

/** What SNS keeps. */
export interface SnsStore {
  readonly world: World;
  readonly topics: Collection<Topic>;
  /** By the topic's ARN and the subscription's. */
  readonly subscriptions: Collection<Subscription>;
}

export function openSnsStore(world: World): SnsStore {
  return {
    world,
    topics: world.state.collection("sns/topics"),
    subscriptions: world.state.collection("sns/subscriptions"),
  };
}

export function topicKey(topic: Pick<Topic, "accountId" | "region" | "name">): string {
  return keyOf(topic.accountId, topic.region, topic.name);
}

export function isFifo(topic: Pick<Topic, "name">): boolean {
  return topic.name.endsWith(".fifo");
}

/** The topic of an ARN, if it is there; refuses what is no topic's ARN. */
export function findTopic({ topics }: SnsStore, arn: string | undefined): Topic | undefined {
  const parts = readTopicArn(arn);
  return topics.get(topicKey(parts));
}

export function topicOf(store: SnsStore, arn: string | undefined): Topic {
  const topic = findTopic(store, arn);
  if (topic === undefined) throw new AwsError("NotFoundException", "Topic does not exist", 404);
  return topic;
}

export function readTopicArn(arn: string | undefined): {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
} {
  const parts = readArn(arn);
  if (parts?.service !== "sns" || !/^[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/u.test(parts.resource)) throw invalid("TopicArn");
  return { accountId: parts.accountId, region: parts.region, name: parts.resource };
}

export function subscriptionsOf({ subscriptions }: SnsStore, topicArn: string): readonly Subscription[] {
  return [...subscriptions.values(keyOf(topicArn, ""))];
}

export function subscriptionOf({ subscriptions }: SnsStore, arn: string | undefined): Subscription {
  const found = arn === undefined ? undefined : subscriptions.get(subscriptionKey(arn));
  if (found === undefined) throw new AwsError("NotFoundException", "Subscription does not exist", 404);
  return found;
}

export function subscriptionKey(arn: string): string {
  if (!/^arn:aws:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]{1,261}:[0-9a-f-]{36}$/u.test(arn))
    throw invalid("SubscriptionArn");
  return keyOf(arn.slice(0, arn.lastIndexOf(":")), arn);
}

/** `InvalidParameterException` of a parameter, with the reason if there is more to say. */
export function invalid(parameter: string, reason?: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `Invalid parameter: ${parameter}${reason === undefined ? "" : ` Reason: ${reason}`}`,
  );
}

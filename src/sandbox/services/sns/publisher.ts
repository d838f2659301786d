import { AwsError } from "../../../aws/index.ts";
import { type Inside } from "../../world.ts";
import { Deliveries, type Delivery } from "../deliveries/deliveries.ts";
import { DeliveryFailures } from "../deliveries/delivery-failures.ts";
import { readArn } from "../resource-arn.ts";
import {
  type ControlMessage,
  type Notification,
  type SnsAttribute,
  writeControlMessage,
  writeNotification,
} from "./envelope.ts";
import { type Poster, postToLoopback } from "./post-to-loopback.ts";
import { Signer } from "./signer.ts";
import { isWanted, readRedrivePolicy } from "./subscription-attributes.ts";
import { type SnsStore, type Subscription, subscriptionKey, subscriptionsOf, type Topic } from "./topic.ts";

type Job = { readonly subscriptionArn: string } & (
  | { readonly kind: "notification"; readonly notification: Notification }
  | { readonly kind: "control"; readonly control: ControlMessage }
);

/** Hands what was published to those who subscribed; each queue's policy judges each message. */
export class Publisher {
  readonly failures: DeliveryFailures;
  readonly signer: Signer;
  readonly #store: SnsStore;
  readonly #inside: Inside;
  readonly #post: Poster;
  readonly #deliveries: Deliveries<Job>;
  /** The delivery going on of each FIFO topic: the next waits for it. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(store: SnsStore, inside: Inside, post: Poster = postToLoopback) {
    this.#store = store;
    this.#inside = inside;
    this.#post = post;
    this.signer = new Signer(store.world);
    this.failures = new DeliveryFailures(store.world, "sns");
    this.#deliveries = new Deliveries<Job>(store.world, "sns/deliveries", {
      attempt: (job) => this.#attempt(job),
      waitAfter: (delivery) => this.#waitAfter(delivery),
      giveUp: (delivery, error) => this.#giveUp(delivery, error),
    });
    this.#deliveries.start();
  }

  /** How many deliveries wait for another attempt. */
  get waiting(): number {
    return this.#deliveries.waiting;
  }

  /** Gives a notification to all who want it; returns when each was tried once. */
  async publish(topic: Topic, notification: Notification): Promise<void> {
    const wanting = subscriptionsOf(this.#store, topic.arn).filter(
      (each) => each.token === undefined && isWanted(each, notification),
    );
    const deliver = async () => {
      await Promise.all(
        wanting.map((each) =>
          this.#deliveries.deliver({ kind: "notification", subscriptionArn: each.arn, notification }),
        ),
      );
    };
    if (notification.groupId === undefined) return deliver();
    const turn = (this.#turns.get(topic.arn) ?? Promise.resolve()).then(deliver);
    this.#turns.set(
      topic.arn,
      turn.catch(() => undefined),
    );
    await turn;
  }

  async sendControl(subscription: Subscription, control: ControlMessage): Promise<void> {
    await this.#deliveries.deliver({ kind: "control", subscriptionArn: subscription.arn, control });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deliveries[Symbol.asyncDispose]();
  }

  async #attempt(job: Job): Promise<void> {
    const subscription = this.#store.subscriptions.get(subscriptionKey(job.subscriptionArn));
    if (subscription === undefined) return;
    if (subscription.protocol === "sqs") {
      await this.#send(subscription, subscription.endpoint, this.#messageFor(subscription, job));
      return;
    }
    const { body } = this.#messageFor(subscription, job);
    const isRaw = job.kind === "notification" && subscription.attributes["RawMessageDelivery"] === "true";
    await this.#post(subscription.endpoint, body, {
      "x-amz-sns-message-type": job.kind === "notification" ? "Notification" : job.control.type,
      "x-amz-sns-message-id": job.kind === "notification" ? job.notification.messageId : job.control.messageId,
      "x-amz-sns-topic-arn": subscription.topicArn,
      ...(job.kind === "notification" ? { "x-amz-sns-subscription-arn": subscription.arn } : {}),
      ...(isRaw ? { "x-amz-sns-rawdelivery": "true" } : {}),
    });
  }

  async #send(subscription: Subscription, queueArn: string, message: QueueMessage): Promise<void> {
    const queue = readArn(queueArn);
    if (queue === undefined) throw new AwsError("InvalidParameterException", `Invalid endpoint ${queueArn}`);
    const topic = readArn(subscription.topicArn);
    const { body, attributes, groupId, deduplicationId } = message;
    const isFifo = queue.resource.endsWith(".fifo");
    const as = {
      service: "sns.amazonaws.com",
      region: queue.region,
      sourceArn: subscription.topicArn,
      sourceAccount: topic?.accountId ?? "",
    };
    await this.#inside.callAs(as, "sqs", "SendMessage", {
      QueueUrl: `${this.#store.world.url}/${queue.accountId}/${queue.resource}`,
      MessageBody: body,
      ...(attributes === undefined ? {} : { MessageAttributes: attributes }),
      ...(isFifo ? { MessageGroupId: groupId, MessageDeduplicationId: deduplicationId } : {}),
    });
  }

  #messageFor(subscription: Subscription, job: Job): QueueMessage {
    const { signer } = this;
    if (job.kind === "control") {
      return {
        body: writeControlMessage(signer, job.control),
        attributes: undefined,
        groupId: "sns",
        deduplicationId: job.control.messageId,
      };
    }
    const { notification } = job;
    const { groupId, deduplicationId } = notification;
    const message = notification.messages[subscription.protocol] ?? notification.messages["default"] ?? "";
    if (subscription.attributes["RawMessageDelivery"] === "true") {
      return { body: message, attributes: rawAttributes(notification.attributes), groupId, deduplicationId };
    }
    const unsubscribe = `${this.#store.world.url}/?Action=Unsubscribe&Version=2010-03-31&SubscriptionArn=${subscription.arn}`;
    return {
      body: writeNotification(signer, notification, message, unsubscribe),
      attributes: undefined,
      groupId,
      deduplicationId,
    };
  }

  /**
   * SNS Developer Guide, "Message delivery retries": three at once, two after a second each, ten with growing pauses, then
   * every twenty seconds. AWS goes on for 23 days; here it ends after about an hour. Of HTTP three after twenty seconds.
   */
  #waitAfter({ attempts, job }: Delivery<Job>): number | undefined {
    const subscription = this.#store.subscriptions.get(subscriptionKey(job.subscriptionArn));
    if (subscription?.protocol !== "sqs") return attempts <= 3 ? 20_000 : undefined;
    if (attempts <= 3) return 0;
    if (attempts <= 5) return 1_000;
    if (attempts <= 15) return Math.min(20_000, Math.round(1_000 * 20 ** ((attempts - 5) / 10)));
    return attempts <= 195 ? 20_000 : undefined;
  }

  async #giveUp({ job, attempts }: Delivery<Job>, error: AwsError): Promise<void> {
    const subscription = this.#store.subscriptions.get(subscriptionKey(job.subscriptionArn));
    if (subscription === undefined) return;
    const policy = subscription.attributes["RedrivePolicy"];
    const deadLetterArn = policy === undefined ? undefined : readRedrivePolicy(policy);
    let isBuried = false;
    if (deadLetterArn !== undefined) {
      try {
        await this.#send(subscription, deadLetterArn, this.#messageFor(subscription, job));
        isBuried = true;
      } catch {
        // Said by the failure, which then names no queue.
      }
    }
    this.failures.add({
      at: this.#store.world.clock.now(),
      sourceArn: subscription.topicArn,
      target: subscription.endpoint,
      messageId: job.kind === "notification" ? job.notification.messageId : job.control.messageId,
      code: error.code,
      message: error.message,
      attempts,
      ...(isBuried && deadLetterArn !== undefined ? { deadLetterArn } : {}),
    });
  }
}

interface QueueMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, object>> | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** SNS Developer Guide, "Amazon SNS raw message delivery": more than ten attributes are a client's fault, and the message is dropped. */
function rawAttributes(
  attributes: Readonly<Record<string, SnsAttribute>>,
): Readonly<Record<string, object>> | undefined {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  if (entries.length > 10)
    throw new AwsError("InvalidParameterValue", "A message with raw delivery has at most 10 attributes");
  return Object.fromEntries(
    entries.map(([name, { Type: type, Value: value }]) => [
      name,
      type.startsWith("Binary")
        ? { DataType: type, BinaryValue: Buffer.from(value, "base64") }
        : { DataType: type, StringValue: value },
    ]),
  );
}

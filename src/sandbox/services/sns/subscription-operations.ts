import { AwsError } from "../../../aws/index.ts";
import { type Call, type Need, type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { readArn } from "../resource-arn.ts";
import { isLoopback } from "./post-to-loopback.ts";
import { onTopic, type SnsParts } from "./sns-parts.ts";
import { readSubscriptionAttributes, setSubscriptionAttribute } from "./subscription-attributes.ts";
import {
  findTopic,
  invalid,
  isFifo,
  type Subscription,
  subscriptionKey,
  subscriptionOf,
  subscriptionsOf,
  tokenMilliseconds,
  type Topic,
  topicKey,
  topicOf,
} from "./topic.ts";

const pageSize = 100;
/** What stands for the ARN of a subscription that waits for its confirmation. */
const pending = "PendingConfirmation";

/** Who gets what is published. */
export function subscriptionOperations(parts: SnsParts) {
  const { store, publisher } = parts;
  const { world } = store;

  function put(subscription: Subscription): void {
    store.subscriptions.put(subscriptionKey(subscription.arn), subscription);
  }
  /** Of a subscription: who owns it, or the topic, may. */
  function onSubscription(action: string, arn: string | undefined, call: Call): readonly Need[] {
    const key = arn === undefined ? undefined : store.subscriptions.get(subscriptionKey(arn));
    const ownerId = key?.ownerId ?? call.accountId;
    return [{ action: `sns:${action}`, resource: arn ?? "*", ownerId }];
  }
  async function askToConfirm(topic: Topic, subscription: Subscription, token: string, at: number): Promise<void> {
    const query = `Action=ConfirmSubscription&Version=2010-03-31&TopicArn=${topic.arn}&Token=${token}`;
    await publisher.sendControl(subscription, {
      type: "SubscriptionConfirmation",
      messageId: world.random.uuid(),
      token,
      topicArn: topic.arn,
      message: `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      subscribeUrl: `${world.url}/?${query}`,
      at,
      signatureVersion: topic.attributes["SignatureVersion"] === "2" ? "2" : "1",
    });
  }
  function list(all: Iterable<Subscription>, token: string | undefined) {
    const page = pageOf(all, (each) => subscriptionKey(each.arn), pageSize, token);
    if (page === undefined) throw invalid("NextToken");
    const told = page.items.map((each) => ({
      SubscriptionArn: each.token === undefined ? each.arn : pending,
      Owner: each.ownerId,
      Protocol: each.protocol,
      Endpoint: each.endpoint,
      TopicArn: each.topicArn,
    }));
    return { Subscriptions: told, ...(page.next === undefined ? {} : { NextToken: page.next }) };
  }
  function* ownedIn(call: Call): Generator<Subscription> {
    for (const each of store.subscriptions.values()) {
      if (each.ownerId === call.accountId && readArn(each.topicArn)?.region === call.region) yield each;
    }
  }
  /** Forgets subscriptions that nobody confirmed in time. */
  function forgetExpired(topicArn: string, at: number): void {
    for (const each of subscriptionsOf(store, topicArn)) {
      if (each.token !== undefined && each.createdAt + tokenMilliseconds <= at)
        store.subscriptions.delete(subscriptionKey(each.arn));
    }
  }

  return {
    Subscribe: {
      needs: (input, call) =>
        onTopic(parts, "Subscribe", input.TopicArn, call, {
          "sns:Protocol": input.Protocol ?? "",
          ...(input.Endpoint === undefined ? {} : { "sns:Endpoint": input.Endpoint }),
        }),
      answer: async (input, call) => {
        const topic = topicOf(store, input.TopicArn);
        forgetExpired(topic.arn, call.at);
        const { protocol, endpoint } = readEndpoint(topic, input.Protocol, input.Endpoint);
        const attributes = readSubscriptionAttributes(input.Attributes);
        const known = subscriptionsOf(store, topic.arn).find(
          (each) => each.protocol === protocol && each.endpoint === endpoint && each.ownerId === call.accountId,
        );
        if (
          known !== undefined &&
          Object.entries(attributes).some(([name, value]) => known.attributes[name] !== value)
        ) {
          throw invalid("Attributes", "Subscription already exists with different attributes");
        }
        const isOwn = protocol === "sqs" && readArn(endpoint)?.accountId === call.accountId;
        const token = isOwn ? undefined : (known?.token ?? world.random.hex(128));
        const subscription: Subscription = known ?? {
          arn: `${topic.arn}:${world.random.uuid()}`,
          topicArn: topic.arn,
          protocol,
          endpoint,
          ownerId: call.accountId,
          principalArn: call.caller.principalArn,
          createdAt: call.at,
          ...(token === undefined ? {} : { token }),
          wasAuthenticated: true,
          isUnsubscribeSigned: false,
          attributes,
        };
        if (known === undefined) put(subscription);
        if (subscription.token !== undefined) await askToConfirm(topic, subscription, subscription.token, call.at);
        const isTold = subscription.token === undefined || input.ReturnSubscriptionArn === true;
        return { SubscriptionArn: isTold ? subscription.arn : "pending confirmation" };
      },
    },
    ConfirmSubscription: {
      // The token is the proof: who has it has read the message. A signed call is judged as well.
      needs: (input, call) =>
        call.caller.kind === "anonymous" ? [] : onTopic(parts, "ConfirmSubscription", input.TopicArn, call),
      answer: (input, call) => {
        const topic = topicOf(store, input.TopicArn);
        call.note({ requestParameters: { topicArn: topic.arn, token: "HIDDEN_DUE_TO_SECURITY_REASONS" } });
        noteOwner(call, topic.arn);
        forgetExpired(topic.arn, call.at);
        const found = subscriptionsOf(store, topic.arn).find(
          (each) => each.token !== undefined && each.token === input.Token,
        );
        if (found === undefined) throw invalid("Token");
        const { token: _token, ...rest } = found;
        put({
          ...rest,
          wasAuthenticated: call.caller.kind !== "anonymous",
          isUnsubscribeSigned: input.AuthenticateOnUnsubscribe === "true",
        });
        return { SubscriptionArn: found.arn };
      },
    },
    Unsubscribe: {
      needs: (input, call) =>
        call.caller.kind === "anonymous" ? [] : onSubscription("Unsubscribe", input.SubscriptionArn, call),
      answer: (input, call) => {
        const found =
          input.SubscriptionArn === undefined
            ? undefined
            : store.subscriptions.get(subscriptionKey(input.SubscriptionArn));
        if (found === undefined) return {};
        if (call.caller.kind === "anonymous" && found.isUnsubscribeSigned)
          throw new AwsError(
            "AuthorizationErrorException",
            "This subscription can be ended by a signed request only",
            403,
          );
        noteOwner(call, found.topicArn);
        store.subscriptions.delete(subscriptionKey(found.arn));
        const topic = findTopic(store, found.topicArn);
        if (topic !== undefined && found.token === undefined)
          store.topics.put(topicKey(topic), { ...topic, subscriptionsDeleted: topic.subscriptionsDeleted + 1 });
        return {};
      },
    },
    ListSubscriptions: {
      needs: (_input, call) => [
        { action: "sns:ListSubscriptions", resource: `arn:aws:sns:${call.region}:${call.accountId}:*` },
      ],
      answer: (input, call) => list(ownedIn(call), input.NextToken),
    },
    ListSubscriptionsByTopic: {
      needs: (input, call) => onTopic(parts, "ListSubscriptionsByTopic", input.TopicArn, call),
      answer: (input, call) => {
        const topic = topicOf(store, input.TopicArn);
        forgetExpired(topic.arn, call.at);
        return list(subscriptionsOf(store, topic.arn), input.NextToken);
      },
    },
    GetSubscriptionAttributes: {
      needs: (input, call) => onSubscription("GetSubscriptionAttributes", input.SubscriptionArn, call),
      answer: (input) => ({ Attributes: describe(subscriptionOf(store, input.SubscriptionArn)) }),
    },
    SetSubscriptionAttributes: {
      needs: (input, call) => onSubscription("SetSubscriptionAttributes", input.SubscriptionArn, call),
      answer: (input) => {
        const found = subscriptionOf(store, input.SubscriptionArn);
        put({
          ...found,
          attributes: setSubscriptionAttribute(found.attributes, input.AttributeName ?? "", input.AttributeValue ?? ""),
        });
        return {};
      },
    },
  } satisfies Service<"sns">["operations"];
}

/** Who comes without a key has no account that would get the record. */
function noteOwner(call: Call, topicArn: string): void {
  const owner = readArn(topicArn)?.accountId;
  if (call.caller.kind === "anonymous" && owner !== undefined) call.note({ recipients: [owner] });
}

/** Queues, and servers of this machine; everything else is refused. */
function readEndpoint(
  topic: Topic,
  protocol: string | undefined,
  endpoint: string | undefined,
): { readonly protocol: Subscription["protocol"]; readonly endpoint: string } {
  if (protocol === "sqs") {
    const queue = readArn(endpoint);
    if (endpoint === undefined || queue?.service !== "sqs") throw invalid("SQS endpoint ARN");
    if (queue.resource.endsWith(".fifo") && !isFifo(topic))
      throw invalid("Invalid parameter: Endpoint", "FIFO SQS Queues can not be subscribed to standard SNS topics");
    return { protocol, endpoint };
  }
  if (isFifo(topic)) throw invalid("Protocol", `${String(protocol).slice(0, 50)} is not a protocol for FIFO topics`);
  if (protocol === "http" || protocol === "https") {
    if (endpoint === undefined || !endpoint.startsWith(`${protocol}://`))
      throw invalid("Endpoint", "Endpoint must match the specified protocol");
    if (!isLoopback(endpoint)) throw invalid("Endpoint", "This endpoint sends to this machine's own addresses only");
    return { protocol, endpoint };
  }
  throw invalid(
    "Protocol",
    `${String(protocol).slice(0, 50)} is not a protocol that this endpoint speaks: sqs, and http or https to this machine`,
  );
}

/** SNS API Reference, GetSubscriptionAttributes. */
function describe(subscription: Subscription): Record<string, string> {
  const { attributes } = subscription;
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    Owner: subscription.ownerId,
    SubscriptionPrincipal: subscription.principalArn,
    ConfirmationWasAuthenticated: String(subscription.wasAuthenticated),
    PendingConfirmation: String(subscription.token !== undefined),
    RawMessageDelivery: "false",
    ...(attributes["FilterPolicy"] === undefined ? {} : { FilterPolicyScope: "MessageAttributes" }),
    ...attributes,
  };
}

import { readPolicyDocument } from "../policy-document.ts";
import { invalid, isFifo, type Topic } from "./topic.ts";

type Attributes = Readonly<Record<string, string>>;

const isFlag = (value: string) => value === "true" || value === "false";

/** SNS API Reference, SetTopicAttributes; what is not here is not done, and refused. */
const settable: Readonly<Record<string, (value: string) => boolean>> = {
  DisplayName: (value) => value.length <= 100 && !/[\u0000-\u001F]/u.test(value),
  KmsMasterKeyId: (value) => value.length <= 2_048,
  SignatureVersion: (value) => value === "1" || value === "2",
  // Tracing itself is not done, so that only the way without it is taken.
  TracingConfig: (value) => value === "PassThrough",
  ...feedbackAttributes(),
};
const fifoSettable: Readonly<Record<string, (value: string) => boolean>> = {
  ContentBasedDeduplication: isFlag,
  FifoThroughputScope: (value) => value === "Topic" || value === "MessageGroup",
};

/**
 * SNS Developer Guide, "Amazon SNS message delivery status": deliveries are logged in a role. Logging is not done, so
 * that no role is taken; a rate alone, as Terraform always sets it, logs nothing on AWS either.
 */
function feedbackAttributes(): Readonly<Record<string, (value: string) => boolean>> {
  const isRate = (value: string) => /^(?:\d{1,2}|100)$/u.test(value);
  const isNone = (value: string) => value === "";
  return Object.fromEntries(
    ["Application", "Firehose", "HTTP", "Lambda", "SQS"].flatMap((kind) => [
      [`${kind}SuccessFeedbackSampleRate`, isRate],
      [`${kind}SuccessFeedbackRoleArn`, isNone],
      [`${kind}FailureFeedbackRoleArn`, isNone],
    ]),
  );
}

/** The attributes after one has been set. An empty KmsMasterKeyId takes the key away. */
export function setTopicAttribute(
  before: Attributes,
  topic: Pick<Topic, "name" | "arn" | "accountId">,
  name: string,
  value: string,
): Attributes {
  if (name === "Policy") {
    const policy = value === "" ? undefined : readPolicyDocument(value);
    if (policy === undefined || typeof policy === "string") throw invalid("Policy Error: null", policy);
    return { ...before, Policy: value };
  }
  const known = Object.hasOwn(settable, name) ? settable[name] : undefined;
  const isGood = known ?? (isFifo(topic) && Object.hasOwn(fifoSettable, name) ? fifoSettable[name] : undefined);
  if (isGood === undefined)
    throw invalid("AttributeName", `${name.slice(0, 100)} is not an attribute that this endpoint knows for the topic`);
  if (!isGood(value)) throw invalid("AttributeValue", `${name} cannot be ${value.slice(0, 100)}`);
  const after = new Map(Object.entries(before));
  if (name === "KmsMasterKeyId" && value === "") after.delete(name);
  else after.set(name, value);
  return Object.fromEntries(after);
}

/** SNS Developer Guide, "Amazon SNS policy keys": actions that may be given to others. */
export const shareable = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
];

/** The policy that a topic has when nobody gave it one: SNS Developer Guide, "Example cases for access control". */
export function defaultTopicPolicy({ arn, accountId }: Pick<Topic, "arn" | "accountId">): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: shareable.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });
}

export function policyOf(topic: Topic): string {
  return topic.attributes["Policy"] ?? defaultTopicPolicy(topic);
}

/** How often a delivery over HTTP is tried where nobody says otherwise: SNS Developer Guide, "Message delivery retries". */
const httpDelivery = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
};

/** All attributes, as GetTopicAttributes tells them. */
export function describeTopic(
  topic: Topic,
  subscriptions: { readonly confirmed: number; readonly pending: number },
): Record<string, string> {
  const fifo = isFifo(topic)
    ? { FifoTopic: "true", ContentBasedDeduplication: "false", FifoThroughputScope: "Topic" }
    : {};
  return {
    TopicArn: topic.arn,
    Owner: topic.accountId,
    DisplayName: "",
    SubscriptionsConfirmed: String(subscriptions.confirmed),
    SubscriptionsPending: String(subscriptions.pending),
    SubscriptionsDeleted: String(topic.subscriptionsDeleted),
    EffectiveDeliveryPolicy: JSON.stringify(httpDelivery),
    ...fifo,
    ...topic.attributes,
    Policy: policyOf(topic),
  };
}

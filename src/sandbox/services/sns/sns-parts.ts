import { AwsError } from "../../../aws/index.ts";
import { type Call, type Need } from "../../service.ts";
import { type EncryptionKeys, keyNeeds } from "../encryption-keys.ts";
import { type Publisher } from "./publisher.ts";
import { findTopic, readTopicArn, type SnsStore, type Topic } from "./topic.ts";
import { policyOf } from "./topic-attributes.ts";

/** What SNS's operations work with. */
export interface SnsParts {
  readonly store: SnsStore;
  readonly keys: EncryptionKeys;
  readonly publisher: Publisher;
}

/** What somebody has to be allowed on a topic; its policy speaks too. */
export function onTopic(
  parts: SnsParts,
  action: string,
  topicArn: string | undefined,
  call: Call,
  context: Readonly<Record<string, string>> = {},
): readonly Need[] {
  const { accountId, region, name } = readTopicArn(topicArn);
  const topic = findTopic(parts.store, topicArn);
  // The default policy asks for it: the account that a call comes from, where it is no service's.
  const source = call.caller.kind === "service" ? {} : { "aws:SourceOwner": call.caller.accountId };
  return [
    {
      action: `sns:${action}`,
      resource: `arn:aws:sns:${region}:${accountId}:${name}`,
      ownerId: accountId,
      context: { ...source, ...context },
      ...(topic === undefined ? {} : { resourcePolicy: policyOf(topic) }),
    },
  ];
}

/** The same for what no policy gives to another account: tags. */
export function onOwnTopic(parts: SnsParts, action: string, topicArn: string | undefined, call: Call): readonly Need[] {
  return onTopic(parts, action, topicArn, call).map(({ action: each, resource, ownerId = "" }) => ({
    action: each,
    resource,
    ownerId,
  }));
}

/** What somebody has to be allowed to publish; of an encrypted topic its key too: SNS Developer Guide, "Key management". */
export function onPublish(parts: SnsParts, topicArn: string | undefined, call: Call): readonly Need[] {
  const needs = onTopic(parts, "Publish", topicArn, call);
  const topic = findTopic(parts.store, topicArn);
  // A service has no policy of its own, and there is none of a topic's: nothing forbids it to hear that there is no topic.
  if (topic === undefined && call.caller.kind === "service") {
    throw new AwsError("NotFound", "Topic does not exist", 404);
  }
  return topic === undefined ? needs : [...needs, ...keyNeedsOf(parts, topic, call)];
}

function keyNeedsOf({ keys }: SnsParts, topic: Topic, call: Call): readonly Need[] {
  const keyId = topic.attributes["KmsMasterKeyId"];
  if (keyId === undefined) return [];
  const key = keys.find(topic.accountId, topic.region, keyId);
  if (key === undefined) {
    if (keyId !== "alias/aws/sns")
      throw new AwsError("KMSNotFoundException", `Key ${keyId} of the topic does not exist`);
    // The key that AWS manages lets the account's own principals in, and no service.
    if (call.caller.kind === "service" || call.caller.accountId !== topic.accountId) {
      throw new AwsError(
        "KMSAccessDeniedException",
        `The key alias/aws/sns gives no access to ${call.caller.principalArn}`,
      );
    }
    return [];
  }
  if (!key.isEnabled) throw new AwsError("KMSDisabledException", `${key.arn} is disabled.`);
  return keyNeeds(key, ["kms:GenerateDataKey", "kms:Decrypt"], {
    service: "sns",
    region: topic.region,
    context: { "aws:sns:topicArn": topic.arn },
  });
}

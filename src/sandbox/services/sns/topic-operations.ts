import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { addStatement, removeStatement } from "../permission-statement.ts";
import { onOwnTopic, onTopic, type SnsParts } from "./sns-parts.ts";
import {
  findTopic,
  invalid,
  isFifo,
  subscriptionKey,
  subscriptionsOf,
  type Topic,
  topicKey,
  topicOf,
} from "./topic.ts";
import { describeTopic, policyOf, setTopicAttribute, shareable } from "./topic-attributes.ts";

/** Topics, their attributes and tags. */
export function topicOperations(parts: SnsParts) {
  const { store } = parts;
  const put = (topic: Topic) => store.topics.put(topicKey(topic), topic);

  function setPolicy(topic: Topic, edit: (policy: string) => string | undefined): void {
    let policy: string | undefined;
    try {
      policy = edit(policyOf(topic));
    } catch (error) {
      throw error instanceof AwsError ? invalid("Policy", error.message) : error;
    }
    if (policy === undefined) throw invalid("Label", "A topic's policy has at least one statement");
    put({ ...topic, attributes: setTopicAttribute(topic.attributes, topic, "Policy", policy) });
  }

  return {
    CreateTopic: {
      needs: (input, call) => {
        const resource = arnOf(call.accountId, call.region, input.Name);
        return [
          { action: "sns:CreateTopic", resource },
          ...((input.Tags ?? []).length > 0 ? [{ action: "sns:TagResource", resource }] : []),
        ];
      },
      answer: (input, call) => {
        const arn = arnOf(call.accountId, call.region, input.Name);
        const name = arn.slice(arn.lastIndexOf(":") + 1);
        if (input.DataProtectionPolicy !== undefined)
          throw invalid("DataProtectionPolicy", "Data protection is not done by this endpoint");
        const { FifoTopic: fifo, ...asked } = { ...input.Attributes };
        if ((fifo === "true") !== isFifo({ name })) {
          throw invalid(
            "Topic Name",
            "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.",
          );
        }
        const place = { accountId: call.accountId, region: call.region, name, arn };
        const attributes = Object.entries(asked).reduce<Topic["attributes"]>(
          (all, [each, value]) => setTopicAttribute(all, place, each, value ?? ""),
          {},
        );
        const tags = withTags({}, input.Tags);
        const known = store.topics.get(topicKey(place));
        if (known !== undefined) {
          if (Object.entries(attributes).some(([each, value]) => known.attributes[each] !== value))
            throw invalid("Attributes", "Topic already exists with different attributes");
          if ((input.Tags ?? []).length > 0 && !isSame(tags, known.tags))
            throw invalid("Tags", "Topic already exists with different tags");
          return { TopicArn: known.arn };
        }
        put({ ...place, attributes, tags, subscriptionsDeleted: 0 });
        return { TopicArn: arn };
      },
    },
    DeleteTopic: {
      needs: (input, call) => onTopic(parts, "DeleteTopic", input.TopicArn, call),
      answer: (input) => {
        const topic = findTopic(store, input.TopicArn);
        // SNS API Reference, DeleteTopic: idempotent.
        if (topic === undefined) return {};
        store.world.state.together(() => {
          for (const subscription of subscriptionsOf(store, topic.arn))
            store.subscriptions.delete(subscriptionKey(subscription.arn));
          store.topics.delete(topicKey(topic));
        });
        return {};
      },
    },
    ListTopics: {
      needs: (_input, call) => [
        { action: "sns:ListTopics", resource: `arn:aws:sns:${call.region}:${call.accountId}:*` },
      ],
      answer: (input, call) => {
        const page = pageOf(
          store.topics.values(keyOf(call.accountId, call.region, "")),
          (topic) => topic.name,
          100,
          input.NextToken,
        );
        if (page === undefined) throw invalid("NextToken");
        return {
          Topics: page.items.map(({ arn }) => ({ TopicArn: arn })),
          ...(page.next === undefined ? {} : { NextToken: page.next }),
        };
      },
    },
    GetTopicAttributes: {
      needs: (input, call) => onTopic(parts, "GetTopicAttributes", input.TopicArn, call),
      answer: (input) => {
        const topic = topicOf(store, input.TopicArn);
        const all = subscriptionsOf(store, topic.arn);
        const pending = all.filter(({ token }) => token !== undefined).length;
        return { Attributes: describeTopic(topic, { confirmed: all.length - pending, pending }) };
      },
    },
    SetTopicAttributes: {
      needs: (input, call) => onTopic(parts, "SetTopicAttributes", input.TopicArn, call),
      answer: (input) => {
        const topic = topicOf(store, input.TopicArn);
        put({
          ...topic,
          attributes: setTopicAttribute(topic.attributes, topic, input.AttributeName ?? "", input.AttributeValue ?? ""),
        });
        return {};
      },
    },
    AddPermission: {
      needs: (input, call) => onTopic(parts, "AddPermission", input.TopicArn, call),
      answer: (input) => {
        const topic = topicOf(store, input.TopicArn);
        const { Label: label, AWSAccountId: accountIds, ActionName: actions } = input;
        setPolicy(topic, (policy) =>
          addStatement(policy, { label, accountIds, actions, prefix: "SNS", arn: topic.arn, known: shareable }),
        );
        return {};
      },
    },
    RemovePermission: {
      needs: (input, call) => onTopic(parts, "RemovePermission", input.TopicArn, call),
      answer: (input) => {
        const topic = topicOf(store, input.TopicArn);
        setPolicy(topic, (policy) => removeStatement(policy, input.Label, topic.arn));
        return {};
      },
    },
    TagResource: {
      needs: (input, call) => onOwnTopic(parts, "TagResource", input.ResourceArn, call),
      answer: (input) => {
        const topic = taggedTopic(parts, input.ResourceArn);
        put({ ...topic, tags: withTags(topic.tags, input.Tags) });
        return {};
      },
    },
    UntagResource: {
      needs: (input, call) => onOwnTopic(parts, "UntagResource", input.ResourceArn, call),
      answer: (input) => {
        const topic = taggedTopic(parts, input.ResourceArn);
        const gone = new Set(input.TagKeys);
        put({ ...topic, tags: Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !gone.has(key))) });
        return {};
      },
    },
    ListTagsForResource: {
      needs: (input, call) => onOwnTopic(parts, "ListTagsForResource", input.ResourceArn, call),
      answer: (input) => ({
        Tags: Object.entries(taggedTopic(parts, input.ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    },
  } satisfies Service<"sns">["operations"];
}

function taggedTopic({ store }: SnsParts, arn: string | undefined): Topic {
  const topic = findTopic(store, arn);
  if (topic === undefined) throw new AwsError("ResourceNotFoundException", "Resource does not exist", 404);
  return topic;
}

function withTags(
  before: Topic["tags"],
  more: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Topic["tags"] {
  const after = new Map(Object.entries(before));
  for (const { Key: key = "", Value: value = "" } of more ?? []) {
    if (key === "" || key.length > 128 || value.length > 256 || /^aws:/iu.test(key))
      throw invalid(
        "Tags",
        "A tag's key has 1 to 128 characters and does not begin with aws:, its value has up to 256",
      );
    after.set(key, value);
  }
  if (after.size > 50)
    throw new AwsError("TagLimitExceededException", "Could not complete request: tag quota of per resource exceeded");
  return Object.fromEntries(after);
}

function arnOf(accountId: string, region: string, name: string | undefined): string {
  if (name === undefined || name.length > 256 || !/^[A-Za-z0-9_-]+(?:\.fifo)?$/u.test(name))
    throw invalid("Topic Name");
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

function isSame(a: Topic["tags"], b: Topic["tags"]): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

import { createHash } from "node:crypto";
import { AwsError } from "../../../aws/index.ts";
import { type SnsAttribute } from "./envelope.ts";
import { invalid, isFifo, type Topic } from "./topic.ts";

/** One message as Publish and an entry of PublishBatch give it. */
export interface MessageToPublish {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?:
    | Readonly<
        Record<
          string,
          {
            readonly DataType?: string | undefined;
            readonly StringValue?: string | undefined;
            readonly BinaryValue?: Uint8Array | undefined;
          }
        >
      >
    | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export interface ReadyToPublish {
  readonly messages: Readonly<Record<string, string>>;
  readonly subject: string | undefined;
  readonly attributes: Readonly<Record<string, SnsAttribute>>;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly bytes: number;
}

const messageBytesMax = 262_144;
const nameShape = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]{1,256}$/iu;
const typeShape = /^(?:String|Number|Binary)(?:\.[A-Za-z0-9_.-]{1,250})?$/u;
const idShape = /^[!-~]{1,128}$/u;

/** Looks at a message before it is published: SNS API Reference, Publish. */
export function readMessageToPublish(topic: Topic, given: MessageToPublish): ReadyToPublish {
  const message = given.Message ?? "";
  if (message === "") throw invalid("Empty message");
  const attributes = Object.fromEntries(
    Object.entries(given.MessageAttributes ?? {}).map(([name, each]) => [name, readAttribute(name, each)]),
  );
  const attributeBytes = Object.entries(attributes).reduce(
    (sum, [name, each]) => sum + Buffer.byteLength(name + each.Type + each.Value),
    0,
  );
  const bytes = Buffer.byteLength(message) + attributeBytes;
  if (bytes > messageBytesMax) throw invalid("Message too long");
  const subject = given.Subject;
  if (subject !== undefined && !/^[^\u0000-\u001F\u007F]{1,100}$/u.test(subject)) throw invalid("Subject");
  return {
    messages: readMessages(message, given.MessageStructure),
    subject,
    attributes,
    bytes,
    ...readOrder(topic, given, message),
  };
}

function readMessages(message: string, structure: string | undefined): Readonly<Record<string, string>> {
  if (structure === undefined || structure === "") return { default: message };
  if (structure !== "json") throw invalid("MessageStructure");
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalid("Message Structure - JSON message body failed to parse");
  }
  const entries = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? Object.entries(parsed) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const messages = Object.fromEntries(texts);
  if (!Object.hasOwn(messages, "default")) throw invalid("Message Structure - No default entry in JSON message body");
  return messages;
}

function readOrder(topic: Topic, given: MessageToPublish, message: string) {
  const { MessageGroupId: groupId, MessageDeduplicationId: givenId } = given;
  if (groupId !== undefined && !idShape.test(groupId)) throw invalid("MessageGroupId");
  if (!isFifo(topic)) {
    if (givenId !== undefined)
      throw invalid(
        "MessageDeduplicationId",
        "The request includes MessageDeduplicationId parameter that is not valid for this topic type",
      );
    // To a standard topic it would be handed on to standard queues for fairness, which is not done.
    if (groupId !== undefined)
      throw invalid(
        "MessageGroupId",
        "The request includes MessageGroupId parameter that this endpoint does not know for this topic type",
      );
    return { groupId: undefined, deduplicationId: undefined };
  }
  if (groupId === undefined) throw invalid("The MessageGroupId parameter is required for FIFO topics");
  if (givenId !== undefined && !idShape.test(givenId)) throw invalid("MessageDeduplicationId");
  if (givenId === undefined && topic.attributes["ContentBasedDeduplication"] !== "true") {
    throw invalid(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
  return { groupId, deduplicationId: givenId ?? createHash("sha256").update(message, "utf8").digest("hex") };
}

function readAttribute(name: string, given: NonNullable<MessageToPublish["MessageAttributes"]>[string]): SnsAttribute {
  const type = given.DataType ?? "";
  const refuse = (reason: string) =>
    new AwsError("ParameterValueInvalid", `The message attribute '${name.slice(0, 100)}' ${reason}`);
  if (!nameShape.test(name)) throw refuse("has a name that is not allowed");
  if (!typeShape.test(type))
    throw refuse(
      "has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    );
  const value = type.startsWith("Binary")
    ? Buffer.from(given.BinaryValue ?? []).toString("base64")
    : (given.StringValue ?? "");
  if (value === "")
    throw refuse(`must contain non-empty message attribute value for message attribute type '${type}'.`);
  if (type.startsWith("Number") && (value.trim() === "" || !Number.isFinite(Number(value))))
    throw refuse("has a value that is no number");
  if (type === "String.Array" && !isList(value)) throw refuse("has a value that is no list");
  return { Type: type, Value: value };
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

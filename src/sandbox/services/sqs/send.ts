import { createHash } from "node:crypto";
import { AwsError } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { numberOf } from "./attributes.ts";
import { type Message } from "./message.ts";
import { attributesMd5, md5 } from "./message-digest.ts";
import { missingParameter } from "./missing-parameter.ts";
import { isFifo, type Queue } from "./queue.ts";
import { type Queues } from "./queues.ts";
import { hasGoodCharacters, messageBytes, readMessageAttributes, type WireAttribute } from "./read-message.ts";

/** One message as SendMessage and an entry of SendMessageBatch give it. */
export interface MessageToSend {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, WireAttribute>> | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, WireAttribute>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** A message that may go into the queue. */
export interface ReadyToSend {
  readonly body: string;
  readonly bytes: number;
  readonly attributes: Message["attributes"];
  readonly traceHeader: string | undefined;
  readonly systemMd5: string | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly delaySeconds: number;
}

export interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

const idShape = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/u;

/** Looks at a message before it is sent: SQS API Reference, SendMessage. */
export function readMessageToSend(queue: Queue, given: MessageToSend): ReadyToSend {
  const body = given.MessageBody;
  if (body === undefined || body === "") throw missingParameter("MessageBody");
  const attributes = readMessageAttributes(given.MessageAttributes);
  const bytes = messageBytes(body, attributes);
  const max = numberOf(queue.attributes, "MaximumMessageSize");
  if (bytes > max)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${max} bytes.`);
  if (!hasGoodCharacters(body))
    throw new AwsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
  const system = readSystemAttributes(given.MessageSystemAttributes);
  return {
    body,
    bytes,
    attributes,
    traceHeader: system["AWSTraceHeader"]?.value,
    systemMd5: attributesMd5(system),
    ...(isFifo(queue) ? fifoParts(queue, given, body) : standardParts(queue, given)),
  };
}

/** Puts a message into its queue, or finds that it is there already. */
export function send(queues: Queues, queue: Queue, call: Call, ready: ReadyToSend): Sent {
  const bodyMd5 = md5(ready.body);
  const attributesDigest = attributesMd5(ready.attributes);
  const answer = (messageId: string, sequence: string): Sent => ({
    MessageId: messageId,
    MD5OfMessageBody: bodyMd5,
    ...(attributesDigest === undefined ? {} : { MD5OfMessageAttributes: attributesDigest }),
    ...(ready.systemMd5 === undefined ? {} : { MD5OfMessageSystemAttributes: ready.systemMd5 }),
    ...(isFifo(queue) ? { SequenceNumber: sequence } : {}),
  });
  const scope = queue.attributes["DeduplicationScope"] === "messageGroup" ? (ready.groupId ?? "") : "";
  const { deduplicationId } = ready;
  const before = deduplicationId === undefined ? undefined : queues.sentBefore(queue, scope, deduplicationId);
  if (before !== undefined) return answer(before.messageId, before.sequence);

  const { groupId, traceHeader } = ready;
  const at = queues.world.clock.now();
  const message: Message = {
    id: queues.world.random.uuid(),
    sequence: queues.nextSequence(),
    body: ready.body,
    bodyMd5,
    attributes: ready.attributes,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    senderId: call.caller.identity.principalId ?? call.caller.principalArn,
    sentAt: at,
    receiveCount: 0,
    visibleAt: at + ready.delaySeconds * 1_000,
  };
  if (deduplicationId !== undefined) {
    queues.rememberSent(queue, scope, deduplicationId, { messageId: message.id, sequence: message.sequence, at });
  }
  queues.inboxOf(queue).add(message);
  return answer(message.id, message.sequence);
}

function standardParts(queue: Queue, given: MessageToSend) {
  if (given.MessageDeduplicationId !== undefined) {
    throw invalid(
      "The request include parameter that is not valid for this queue type. Reason: MessageDeduplicationId is for FIFO queues.",
    );
  }
  const { DelaySeconds: delay, MessageGroupId: groupId } = given;
  if (delay !== undefined && !(Number.isInteger(delay) && delay >= 0 && delay <= 900)) {
    throw invalid(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
  if (groupId !== undefined && !idShape.test(groupId)) throw invalid("Value for parameter MessageGroupId is invalid.");
  return { groupId, deduplicationId: undefined, delaySeconds: delay ?? numberOf(queue.attributes, "DelaySeconds") };
}

function fifoParts(queue: Queue, given: MessageToSend, body: string) {
  const { MessageGroupId: groupId, MessageDeduplicationId: givenId, DelaySeconds: delay } = given;
  if (groupId === undefined) throw missingParameter("MessageGroupId");
  if (!idShape.test(groupId)) throw invalid("Value for parameter MessageGroupId is invalid.");
  if (givenId !== undefined && !idShape.test(givenId))
    throw invalid("Value for parameter MessageDeduplicationId is invalid.");
  if (delay !== undefined && delay !== 0) {
    throw invalid(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  }
  const isByContent = queue.attributes["ContentBasedDeduplication"] === "true";
  if (givenId === undefined && !isByContent) {
    throw invalid(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
  const deduplicationId = givenId ?? createHash("sha256").update(body, "utf8").digest("hex");
  return { groupId, deduplicationId, delaySeconds: numberOf(queue.attributes, "DelaySeconds") };
}

function readSystemAttributes(given: MessageToSend["MessageSystemAttributes"]): Message["attributes"] {
  const other = Object.keys(given ?? {}).find((name) => name !== "AWSTraceHeader");
  if (other !== undefined) throw invalid(`Message system attribute name '${other.slice(0, 100)}' is invalid.`);
  const header = given?.["AWSTraceHeader"];
  if (header === undefined) return {};
  if (header.DataType !== "String" || (header.StringValue ?? "") === "")
    throw invalid("The type of message system attribute 'AWSTraceHeader' must be String.");
  return { AWSTraceHeader: { type: "String", value: header.StringValue ?? "" } };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}

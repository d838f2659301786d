import { AwsError } from "../../../aws/index.ts";
import { isBinary, type Message, type MessageAttributes } from "./message.ts";
import { attributesMd5 } from "./message-digest.ts";
import { writeReceipt } from "./receipt.ts";

const systemNames = new Set([
  "All",
  "SenderId",
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "SequenceNumber",
  "MessageDeduplicationId",
  "MessageGroupId",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
]);

/** What of a message a receive wants to be told. */
export interface Wanted {
  readonly system: ReadonlySet<string>;
  readonly attributes: readonly string[];
}

/** SQS API Reference, ReceiveMessage. */
export function readWanted(system: readonly string[], attributes: readonly string[]): Wanted {
  const unknown = system.find((name) => !systemNames.has(name));
  if (unknown !== undefined) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown.slice(0, 100)}.`);
  return { system: new Set(system), attributes };
}

/** A message as ReceiveMessage tells it. */
export function tellMessage(message: Message, wanted: Wanted, isFifo: boolean) {
  const system = Object.fromEntries(
    Object.entries(systemOf(message, isFifo)).filter(([name]) => wanted.system.has("All") || wanted.system.has(name)),
  );
  const told = Object.entries(message.attributes).filter(([name]) =>
    wanted.attributes.some((each) => isMatch(each, name)),
  );
  const attributes: MessageAttributes = Object.fromEntries(told);
  const digest = attributesMd5(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: writeReceipt(message),
    MD5OfBody: message.bodyMd5,
    Body: message.body,
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(digest === undefined
      ? {}
      : {
          MD5OfMessageAttributes: digest,
          MessageAttributes: Object.fromEntries(told.map(([name, attribute]) => [name, tellAttribute(attribute)])),
        }),
  };
}

function systemOf(message: Message, isFifo: boolean): Record<string, string> {
  const { traceHeader, groupId, deduplicationId, firstReceivedAt, deadLetterSourceArn } = message;
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ...(firstReceivedAt === undefined ? {} : { ApproximateFirstReceiveTimestamp: String(firstReceivedAt) }),
    ...(isFifo ? { SequenceNumber: message.sequence } : {}),
    ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
    ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
    ...(traceHeader === undefined ? {} : { AWSTraceHeader: traceHeader }),
    ...(deadLetterSourceArn === undefined ? {} : { DeadLetterQueueSourceArn: deadLetterSourceArn }),
  };
}

function isMatch(wanted: string, name: string): boolean {
  if (wanted === "All" || wanted === ".*" || wanted === name) return true;
  return wanted.endsWith(".*") && name.startsWith(wanted.slice(0, -1));
}

function tellAttribute(attribute: MessageAttributes[string]) {
  const { type: DataType, value } = attribute;
  return isBinary(attribute)
    ? { DataType, BinaryValue: Buffer.from(value, "base64") }
    : { DataType, StringValue: value };
}

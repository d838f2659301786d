import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Call, type Service } from "../../service.ts";
import { type MessageToPublish, readMessageToPublish, type ReadyToPublish } from "./read-publish.ts";
import { onPublish, type SnsParts } from "./sns-parts.ts";
import { invalid, type Topic, topicOf } from "./topic.ts";

interface Published {
  readonly messageId: string;
  readonly sequence: string;
  readonly at: number;
}

/** SNS Developer Guide, "Message deduplication for FIFO topics". */
const deduplicationMilliseconds = 5 * 60_000;
const batchBytesMax = 262_144;
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** Messages go to topics. */
export function publishOperations(parts: SnsParts) {
  const { store, publisher } = parts;
  const { world } = store;
  const published: Collection<Published> = world.state.collection("sns/deduplication");
  let lastSequence = 0n;

  function nextSequence(at: number): string {
    // As many digits as SNS has: twenty.
    const least = 10_000_000_000_000_000_000n + BigInt(at) * 1_000n;
    lastSequence = lastSequence >= least ? lastSequence + 1n : least;
    return lastSequence.toString();
  }
  function before(
    topic: Topic,
    ready: ReadyToPublish,
    at: number,
  ): { readonly key: string; readonly found: Published | undefined } {
    const scope = topic.attributes["FifoThroughputScope"] === "MessageGroup" ? (ready.groupId ?? "") : "";
    const key = keyOf(topic.arn, scope, ready.deduplicationId ?? "");
    const found = published.get(key);
    return { key, found: found !== undefined && found.at > at - deduplicationMilliseconds ? found : undefined };
  }
  function forgetOld(at: number): void {
    if (published.size < 1_000) return;
    for (const [key, each] of [...published.entries()])
      if (each.at <= at - deduplicationMilliseconds) published.delete(key);
  }
  async function publish(topic: Topic, ready: ReadyToPublish, at: number) {
    const isFifo = ready.groupId !== undefined;
    const known = isFifo ? before(topic, ready, at) : undefined;
    if (known?.found !== undefined) return { MessageId: known.found.messageId, SequenceNumber: known.found.sequence };
    const messageId = world.random.uuid();
    const sequence = nextSequence(at);
    if (known !== undefined) {
      forgetOld(at);
      published.put(known.key, { messageId, sequence, at });
    }
    const { subject, messages, attributes, groupId, deduplicationId } = ready;
    await publisher.publish(topic, {
      messageId,
      topicArn: topic.arn,
      ...(subject === undefined ? {} : { subject }),
      messages,
      attributes,
      at,
      signatureVersion: topic.attributes["SignatureVersion"] === "2" ? "2" : "1",
      ...(groupId === undefined ? {} : { groupId }),
      ...(deduplicationId === undefined ? {} : { deduplicationId }),
      ...(isFifo ? { sequence } : {}),
    });
    return { MessageId: messageId, ...(isFifo ? { SequenceNumber: sequence } : {}) };
  }

  return {
    Publish: {
      needs: (input, call) => onPublish(parts, targetOf(input), call),
      answer: async (input, call) => {
        const topic = topicOf(store, targetOf(input));
        note(call, topic, { topicArn: topic.arn, ...withoutText(input) });
        return publish(topic, readMessageToPublish(topic, input), call.at);
      },
    },
    PublishBatch: {
      needs: (input, call) => onPublish(parts, input.TopicArn, call),
      answer: async (input, call) => {
        const topic = topicOf(store, input.TopicArn);
        const entries = readEntries(input.PublishBatchRequestEntries);
        note(call, topic, {
          topicArn: topic.arn,
          publishBatchRequestEntries: entries.map((entry) => ({ id: entry.Id, ...withoutText(entry) })),
        });
        const failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
        const ready: { readonly id: string; readonly ready: ReadyToPublish }[] = [];
        for (const entry of entries) {
          try {
            ready.push({ id: entry.Id, ready: readMessageToPublish(topic, entry) });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            failed.push({
              Id: entry.Id,
              Code: error.code.replace(/Exception$/u, ""),
              Message: error.message,
              SenderFault: true,
            });
          }
        }
        const bytes = ready.reduce((sum, each) => sum + each.ready.bytes, 0);
        if (bytes > batchBytesMax)
          throw new AwsError(
            "BatchRequestTooLongException",
            `The length of all the messages put together is more than the limit of ${batchBytesMax} bytes`,
          );
        const successful: { Id: string; MessageId: string; SequenceNumber?: string }[] = [];
        for (const each of ready) successful.push({ Id: each.id, ...(await publish(topic, each.ready, call.at)) });
        return { Successful: successful, Failed: failed };
      },
    },
  } satisfies Service<"sns">["operations"];
}

function targetOf(input: {
  readonly TopicArn?: string | undefined;
  readonly TargetArn?: string | undefined;
  readonly PhoneNumber?: string | undefined;
}): string {
  if (input.PhoneNumber !== undefined)
    throw new AwsError("UnsupportedOperation", "Messages to phones are not sent by this endpoint");
  const arn = input.TopicArn ?? input.TargetArn;
  if (arn === undefined) throw invalid("TopicArn or TargetArn", "no value for required parameter");
  return arn;
}

function readEntries<Entry extends { readonly Id: string | undefined }>(
  entries: readonly Entry[] | undefined,
): readonly (Entry & { readonly Id: string })[] {
  if (entries === undefined || entries.length === 0)
    throw new AwsError("EmptyBatchRequestException", "The batch request doesn't contain any entries.");
  if (entries.length > 10)
    throw new AwsError(
      "TooManyEntriesInBatchRequestException",
      "The batch request contains more entries than permissible.",
    );
  const ids = new Set<string>();
  return entries.map((entry) => {
    const id = entry.Id ?? "";
    if (!/^[A-Za-z0-9_-]{1,80}$/u.test(id))
      throw new AwsError(
        "InvalidBatchEntryIdException",
        "The Id of a batch entry in a batch request doesn't abide by the specification.",
      );
    if (ids.has(id))
      throw new AwsError(
        "BatchEntryIdsNotDistinctException",
        "Two or more batch entries in the request have the same Id.",
      );
    ids.add(id);
    return { ...entry, Id: id };
  });
}

/** SNS Developer Guide, "Logging Amazon SNS API calls", shows Publish with its texts hidden. */
function withoutText(message: MessageToPublish): JsonObject {
  return {
    message: hidden,
    ...(message.Subject === undefined ? {} : { subject: hidden }),
    ...(message.MessageStructure === undefined ? {} : { messageStructure: message.MessageStructure }),
    ...(message.MessageAttributes === undefined ? {} : { messageAttributes: hidden }),
    ...(message.MessageDeduplicationId === undefined ? {} : { messageDeduplicationId: message.MessageDeduplicationId }),
    ...(message.MessageGroupId === undefined ? {} : { messageGroupId: message.MessageGroupId }),
  };
}

function note(call: Call, topic: Topic, requestParameters: JsonObject): void {
  call.note({
    category: "Data",
    resources: [{ ARN: topic.arn, accountId: topic.accountId, type: "AWS::SNS::Topic" }],
    requestParameters,
  });
}

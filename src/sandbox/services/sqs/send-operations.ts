import { AwsError } from "../../../aws/index.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Call, type Service } from "../../service.ts";
import { eachEntry, readBatch } from "./batch.ts";
import { type Queue } from "./queue.ts";
import { onMessages, queueOf, type SqsParts } from "./queue-needs.ts";
import { readMessageToSend, send } from "./send.ts";

/** SQS API Reference, SendMessageBatch: of all entries together. */
const batchBytesMax = 1_048_576;
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";
const keyActions = ["kms:GenerateDataKey", "kms:Decrypt"];

/** Messages go in. */
export function sendOperations(parts: SqsParts) {
  const { queues } = parts;
  return {
    SendMessage: {
      needs: (input, call) => onMessages(parts, "SendMessage", input, call, keyActions),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        noteMessage(call, queue, { ...withoutBody(input), queueUrl: input.QueueUrl ?? "" });
        return send(queues, queue, call, readMessageToSend(queue, input));
      },
    },
    SendMessageBatch: {
      needs: (input, call) => onMessages(parts, "SendMessage", input, call, keyActions),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        const entries = readBatch(input.Entries);
        noteMessage(call, queue, {
          queueUrl: input.QueueUrl ?? "",
          entries: entries.map((entry) => ({ id: entry.Id, ...withoutBody(entry) })),
        });
        const read = eachEntry(entries, (entry) => ({ ready: readMessageToSend(queue, entry) }));
        const bytes = read.Successful.reduce((sum, { ready }) => sum + ready.bytes, 0);
        if (bytes > batchBytesMax)
          throw new AwsError(
            "BatchRequestTooLong",
            `Batch requests cannot be longer than ${batchBytesMax} bytes. You have sent ${bytes} bytes.`,
          );
        const sent = queues.world.state.together(() =>
          read.Successful.map(({ Id: id, ready }) => ({ Id: id, ...send(queues, queue, call, ready) })),
        );
        return { Successful: sent, Failed: read.Failed };
      },
    },
  } satisfies Service<"sqs">["operations"];
}

/** Says of a call with messages what its record is about: SQS Developer Guide, "Logging Amazon SQS API calls". */
export function noteMessage(call: Call, queue: Queue, requestParameters?: JsonObject): void {
  call.note({
    category: "Data",
    resources: [{ ARN: queue.arn, accountId: queue.accountId, type: "AWS::SQS::Queue" }],
    ...(requestParameters === undefined ? {} : { requestParameters }),
  });
}

function withoutBody(message: {
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: object | undefined;
}): JsonObject {
  return {
    messageBody: hidden,
    ...(message.DelaySeconds === undefined ? {} : { delaySeconds: message.DelaySeconds }),
    ...(message.MessageAttributes === undefined ? {} : { messageAttributes: hidden }),
    ...(message.MessageDeduplicationId === undefined ? {} : { messageDeduplicationId: message.MessageDeduplicationId }),
    ...(message.MessageGroupId === undefined ? {} : { messageGroupId: message.MessageGroupId }),
  };
}

import { AwsError } from "../../../aws/index.ts";
import { type Call, type Service } from "../../service.ts";
import { eachEntry, readBatch } from "./batch.ts";
import { missingParameter } from "./missing-parameter.ts";
import { isFifo, type Queue } from "./queue.ts";
import { onQueue, queueOf, type SqsParts } from "./queue-needs.ts";
import { type Queues } from "./queues.ts";
import { readReceipt } from "./receipt.ts";
import { noteMessage } from "./send-operations.ts";

/** SQS API Reference, ChangeMessageVisibility: counted from when the message was received. */
const visibilitySecondsMax = 43_200;

/** What is done with messages in flight. */
export function receiptOperations(parts: SqsParts) {
  const { queues } = parts;
  const notedQueue = (input: { readonly QueueUrl?: string | undefined }, call: Call) => {
    const queue = queueOf(parts, input, call);
    noteMessage(call, queue);
    return queue;
  };
  const each = <Entry extends { readonly Id: string | undefined }>(
    entries: readonly Entry[] | undefined,
    act: (entry: Entry) => void,
  ) => {
    const read = readBatch(entries);
    return queues.world.state.together(() =>
      eachEntry(read, (entry) => {
        act(entry);
        return {};
      }),
    );
  };
  return {
    DeleteMessage: {
      needs: (input, call) => onQueue(parts, "DeleteMessage", input, call),
      answer: (input, call) => {
        const queue = notedQueue(input, call);
        remove(queues, queue, input.ReceiptHandle);
        return {};
      },
    },
    DeleteMessageBatch: {
      needs: (input, call) => onQueue(parts, "DeleteMessage", input, call),
      answer: (input, call) => {
        const queue = notedQueue(input, call);
        return each(input.Entries, (entry) => remove(queues, queue, entry.ReceiptHandle));
      },
    },
    ChangeMessageVisibility: {
      needs: (input, call) => onQueue(parts, "ChangeMessageVisibility", input, call),
      answer: (input, call) => {
        const queue = notedQueue(input, call);
        changeVisibility(queues, queue, input.ReceiptHandle, input.VisibilityTimeout);
        return {};
      },
    },
    ChangeMessageVisibilityBatch: {
      needs: (input, call) => onQueue(parts, "ChangeMessageVisibility", input, call),
      answer: (input, call) => {
        const queue = notedQueue(input, call);
        return each(input.Entries, (entry) =>
          changeVisibility(queues, queue, entry.ReceiptHandle, entry.VisibilityTimeout),
        );
      },
    },
  } satisfies Service<"sqs">["operations"];
}

/**
 * Deletes what the newest receipt handle stands for. An older one deletes nothing and is answered all the same on a
 * standard queue; a FIFO queue refuses one that has expired: SQS API Reference, DeleteMessage.
 */
function remove(queues: Queues, queue: Queue, handle: string | undefined): void {
  const { sequence, secret } = readReceipt(handle);
  const inbox = queues.inboxOf(queue);
  const message = inbox.get(sequence);
  if (message === undefined) return;
  if (isFifo(queue) && !inbox.isInFlight(sequence)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    );
  }
  if (message.receipt === secret) inbox.remove(sequence);
}

function changeVisibility(
  queues: Queues,
  queue: Queue,
  handle: string | undefined,
  timeoutSeconds: number | undefined,
): void {
  if (timeoutSeconds === undefined) throw missingParameter("VisibilityTimeout");
  if (!(Number.isInteger(timeoutSeconds) && timeoutSeconds >= 0 && timeoutSeconds <= visibilitySecondsMax)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${timeoutSeconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and ${visibilitySecondsMax}.`,
    );
  }
  const { sequence, secret } = readReceipt(handle);
  const inbox = queues.inboxOf(queue);
  const message = inbox.get(sequence);
  if (message === undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  if (message.receipt !== secret || !inbox.isInFlight(sequence)) {
    throw new AwsError("MessageNotInflight", "The specified message isn't in flight.");
  }
  inbox.changeVisibility(sequence, queues.world.clock.now() + timeoutSeconds * 1_000);
}

import { AwsError } from "../../../aws/index.ts";
import { type Service } from "../../service.ts";
import { numberOf, readRedrivePolicy } from "./attributes.ts";
import { type Message } from "./message.ts";
import { findByArn, isFifo, type Queue } from "./queue.ts";
import { onMessages, queueOf, type SqsParts } from "./queue-needs.ts";
import { letsRedrive } from "./queue-operations.ts";
import { type Queues } from "./queues.ts";
import { noteMessage } from "./send-operations.ts";
import { readWanted, tellMessage } from "./told-message.ts";

/** SQS Developer Guide, "Amazon SQS message quotas": messages in flight. */
const inFlightMax = 120_000;

/** Messages go out. */
export function receiveOperations(parts: SqsParts) {
  const { queues } = parts;
  const { clock } = queues.world;
  return {
    ReceiveMessage: {
      needs: (input, call) => onMessages(parts, "ReceiveMessage", input, call, ["kms:Decrypt"]),
      answer: async (input, call) => {
        let queue = queueOf(parts, input, call);
        const max = within("MaxNumberOfMessages", input.MaxNumberOfMessages ?? 1, 1, 10);
        const waitSeconds = within(
          "WaitTimeSeconds",
          input.WaitTimeSeconds ?? numberOf(queue.attributes, "ReceiveMessageWaitTimeSeconds"),
          0,
          20,
        );
        const timeout =
          input.VisibilityTimeout === undefined
            ? undefined
            : within("VisibilityTimeout", input.VisibilityTimeout, 0, 43_200);
        const wanted = readWanted(
          [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])],
          input.MessageAttributeNames ?? [],
        );
        if (input.ReceiveRequestAttemptId !== undefined)
          throw new AwsError("UnsupportedOperation", "ReceiveRequestAttemptId is not supported by this endpoint.");
        noteMessage(call, queue);
        const deadline = call.at + waitSeconds * 1_000;
        let taken = receive(queues, queue, max, timeout);
        while (taken.length === 0 && clock.now() < deadline) {
          try {
            await queues.inboxOf(queue).change(deadline, call.signal);
          } catch (error) {
            if (call.signal?.aborted === true) return {};
            throw error;
          }
          // Nobody is there to take messages: they would be in flight for nothing.
          if (call.signal?.aborted === true) return {};
          queue = queueOf(parts, input, call);
          taken = receive(queues, queue, max, timeout);
        }
        return taken.length === 0
          ? {}
          : { Messages: taken.map((message) => tellMessage(message, wanted, isFifo(queue))) };
      },
    },
  } satisfies Service<"sqs">["operations"];
}

function receive(queues: Queues, queue: Queue, max: number, timeoutSeconds: number | undefined): readonly Message[] {
  const inbox = queues.inboxOf(queue);
  const retention = numberOf(queue.attributes, "MessageRetentionPeriod");
  const { inFlight } = inbox.counts(retention);
  if (inFlight >= inFlightMax) {
    // A FIFO queue just gives nothing: SQS Developer Guide, "Amazon SQS message quotas".
    if (isFifo(queue)) return [];
    throw new AwsError("OverLimit", "Too many messages in flight.", 403);
  }
  const now = queues.world.clock.now();
  const visibleAt = now + (timeoutSeconds ?? numberOf(queue.attributes, "VisibilityTimeout")) * 1_000;
  const deadLetters = deadLettersOf(queues, queue);
  return queues.world.state.together(() =>
    inbox.take(Math.min(max, inFlightMax - inFlight), retention, (message) => {
      if (deadLetters !== undefined && message.receiveCount >= deadLetters.maxReceiveCount) {
        bury(queues, queue, deadLetters.target, message);
        return undefined;
      }
      return {
        ...message,
        receipt: queues.world.random.hex(32),
        visibleAt,
        receiveCount: message.receiveCount + 1,
        firstReceivedAt: message.firstReceivedAt ?? now,
      };
    }),
  );
}

function deadLettersOf(
  queues: Queues,
  queue: Queue,
): { readonly target: Queue; readonly maxReceiveCount: number } | undefined {
  const text = queue.attributes["RedrivePolicy"];
  if (text === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = readRedrivePolicy(text);
  const target = findByArn(queues.queues, deadLetterTargetArn);
  return target !== undefined && letsRedrive(target, queue.arn) ? { target, maxReceiveCount } : undefined;
}

/**
 * Moves a message to the dead-letter queue. A standard queue keeps the time it was first sent, a FIFO queue counts anew:
 * SQS Developer Guide, "Understanding message retention periods for dead-letter queues".
 */
function bury(queues: Queues, source: Queue, target: Queue, message: Message): void {
  const { receipt: _receipt, ...rest } = message;
  const now = queues.world.clock.now();
  queues.inboxOf(target).add({
    ...rest,
    sequence: queues.nextSequence(),
    sentAt: isFifo(target) ? now : message.sentAt,
    visibleAt: now,
    deadLetterSourceArn: source.arn,
  });
}

function within(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new AwsError(
    "InvalidParameterValue",
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  );
}

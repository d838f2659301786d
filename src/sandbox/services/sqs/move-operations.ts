import { AwsError } from "../../../aws/index.ts";
import { type Collection } from "../../../base/lasting.ts";
import { type Call, type Need, type Service } from "../../service.ts";
import { deadLetterArnOf } from "./queue-operations.ts";
import { findByArn, isFifo, noSuchQueue, type Queue, queueUrl } from "./queue.ts";
import { onOwnQueue, type SqsParts } from "./queue-needs.ts";
import { type Message } from "./message.ts";

/** A move of messages out of a dead-letter queue, done within its own call. */
interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  readonly destinationArn?: string;
  readonly startedAt: number;
  readonly moved: number;
  readonly toMove: number;
  readonly failure?: string;
}

/**
 * Messages go back from dead-letter queues. They are moved at once, so there is never a task to cancel; a rate is
 * refused. A FIFO queue as source is refused as AWS does: SQS API Reference, StartMessageMoveTask.
 */
export function moveOperations(parts: SqsParts) {
  const { queues } = parts;
  const { world } = queues;
  const tasks: Collection<MoveTask> = world.state.collection("sqs/move-tasks");

  function needs(action: string, arn: string | undefined, call: Call): readonly Need[] {
    const queue = sourceOf(arn);
    return onOwnQueue(parts, action, { QueueUrl: queueUrl(world, queue) }, call);
  }
  function sourceOf(arn: string | undefined): Queue {
    const queue = arn === undefined ? undefined : findByArn(queues.queues, arn);
    if (queue === undefined)
      throw new AwsError(
        "ResourceNotFoundException",
        "The resource that you specified for the SourceArn parameter doesn't exist.",
        404,
      );
    return queue;
  }
  function move(source: Queue, message: Message, destination: Queue | undefined): boolean {
    const target =
      destination ??
      (message.deadLetterSourceArn === undefined ? undefined : findByArn(queues.queues, message.deadLetterSourceArn));
    if (target === undefined) return false;
    const { receipt: _receipt, deadLetterSourceArn: _source, firstReceivedAt: _first, ...rest } = message;
    const now = world.clock.now();
    queues
      .inboxOf(target)
      .add({ ...rest, sequence: queues.nextSequence(), sentAt: now, visibleAt: now, receiveCount: 0 });
    queues.inboxOf(source).remove(message.sequence);
    return true;
  }

  return {
    StartMessageMoveTask: {
      needs: (input, call) => needs("StartMessageMoveTask", input.SourceArn, call),
      answer: (input, call) => {
        const source = sourceOf(input.SourceArn);
        if (input.MaxNumberOfMessagesPerSecond !== undefined)
          throw new AwsError("UnsupportedOperation", "MaxNumberOfMessagesPerSecond is not supported by this endpoint.");
        if (isFifo(source))
          throw new AwsError("UnsupportedOperation", "Message move tasks are not supported for FIFO queues.");
        const sources = [...queues.queues.values()].filter((queue) => deadLetterArnOf(queue) === source.arn);
        if (sources.length === 0)
          throw new AwsError("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.");
        const destination =
          input.DestinationArn === undefined ? undefined : findByArn(queues.queues, input.DestinationArn);
        if (input.DestinationArn !== undefined && destination === undefined) throw noSuchQueue();
        if (destination !== undefined && (isFifo(destination) || destination.accountId !== source.accountId)) {
          throw new AwsError(
            "InvalidParameterValue",
            "Value for parameter DestinationArn is invalid. Reason: It must be a standard queue of the same account.",
          );
        }
        const inbox = queues.inboxOf(source);
        const id = Buffer.from(JSON.stringify({ taskId: world.random.uuid(), sourceArn: source.arn }), "utf8").toString(
          "base64",
        );
        world.state.together(() => {
          const messages = [...inbox.messages()].filter((message) => !inbox.isInFlight(message.sequence));
          const moved = messages.filter((message) => move(source, message, destination)).length;
          const failure = moved === messages.length ? {} : { failure: "CouldNotDetermineMessageSource" };
          const to = input.DestinationArn === undefined ? {} : { destinationArn: input.DestinationArn };
          tasks.put(`${source.arn} ${call.at} ${id}`, {
            id,
            sourceArn: source.arn,
            ...to,
            startedAt: call.at,
            moved,
            toMove: messages.length,
            ...failure,
          });
        });
        return { TaskHandle: id };
      },
    },
    ListMessageMoveTasks: {
      needs: (input, call) => needs("ListMessageMoveTasks", input.SourceArn, call),
      answer: (input) => {
        const source = sourceOf(input.SourceArn);
        const max = input.MaxResults ?? 1;
        if (!(max >= 1 && max <= 10))
          throw new AwsError(
            "InvalidParameterValue",
            "Value for parameter MaxResults is invalid. Reason: Must be between 1 and 10.",
          );
        const found = [...tasks.values(`${source.arn} `)].sort((a, b) => b.startedAt - a.startedAt).slice(0, max);
        return {
          Results: found.map((task) => ({
            Status: task.failure === undefined ? "COMPLETED" : "FAILED",
            SourceArn: task.sourceArn,
            ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
            ApproximateNumberOfMessagesMoved: task.moved,
            ApproximateNumberOfMessagesToMove: task.toMove,
            ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
            StartedTimestamp: task.startedAt,
          })),
        };
      },
    },
  } satisfies Service<"sqs">["operations"];
}

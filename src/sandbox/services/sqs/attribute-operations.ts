import { AwsError } from "../../../aws/index.ts";
import { type Service } from "../../service.ts";
import { addStatement, removeStatement } from "../permission-statement.ts";
import { changeAttributes, describeAttributes, numberOf } from "./attributes.ts";
import { missingParameter } from "./missing-parameter.ts";
import { isFifo, type Queue } from "./queue.ts";
import { onOwnQueue, onQueue, queueOf, type SqsParts } from "./queue-needs.ts";
import { checkRedrive } from "./queue-operations.ts";

/** SQS API Reference, AddPermission: the actions that may be given to others. */
const shareable = [
  "SendMessage",
  "ReceiveMessage",
  "DeleteMessage",
  "ChangeMessageVisibility",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
];

const counted = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
];
const fixed = ["QueueArn", "CreatedTimestamp", "LastModifiedTimestamp"];
const settable = [
  "DelaySeconds",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "VisibilityTimeout",
  "KmsMasterKeyId",
  "KmsDataKeyReusePeriodSeconds",
  "SqsManagedSseEnabled",
  "Policy",
  "RedrivePolicy",
  "RedriveAllowPolicy",
  "FifoQueue",
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoThroughputLimit",
];
const names = new Set(["All", ...counted, ...fixed, ...settable]);

/** Attributes of queues, and the policy among them. */
export function attributeOperations(parts: SqsParts) {
  const { queues } = parts;

  function change(queue: Queue, attributes: Readonly<Record<string, string>>, at: number): void {
    const changed = { ...queue, attributes, modifiedAt: at };
    checkRedrive(parts, changed);
    queues.put(changed);
  }
  function setPolicy(queue: Queue, policy: string | undefined, at: number): void {
    change(queue, changeAttributes(queue.attributes, { Policy: policy ?? "" }, isFifo(queue)), at);
  }
  function describe(queue: Queue): Record<string, string> {
    const counts = queues.inboxOf(queue).counts(numberOf(queue.attributes, "MessageRetentionPeriod"));
    return {
      QueueArn: queue.arn,
      CreatedTimestamp: seconds(queue.createdAt),
      LastModifiedTimestamp: seconds(queue.modifiedAt),
      ApproximateNumberOfMessages: String(counts.visible),
      ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
      ApproximateNumberOfMessagesDelayed: String(counts.delayed),
      ...describeAttributes(queue.attributes, isFifo(queue)),
    };
  }

  return {
    GetQueueAttributes: {
      needs: (input, call) => onQueue(parts, "GetQueueAttributes", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        const asked = input.AttributeNames ?? [];
        const unknown = asked.find((name) => !names.has(name));
        if (unknown !== undefined)
          throw new AwsError("InvalidAttributeName", `Unknown Attribute ${String(unknown).slice(0, 100)}.`);
        const all = Object.entries(describe(queue));
        const told = asked.includes("All") ? all : all.filter(([name]) => asked.some((each) => each === name));
        return told.length === 0 ? {} : { Attributes: Object.fromEntries(told) };
      },
    },
    SetQueueAttributes: {
      needs: (input, call) => onOwnQueue(parts, "SetQueueAttributes", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        const asked = { ...input.Attributes };
        if (Object.keys(asked).length === 0) throw missingParameter("Attribute.Name");
        if (asked["FifoQueue"] !== undefined)
          throw new AwsError("InvalidAttributeName", "FifoQueue can be set only when a queue is created.");
        change(queue, changeAttributes(queue.attributes, asked, isFifo(queue)), call.at);
        return {};
      },
    },
    AddPermission: {
      needs: (input, call) => onOwnQueue(parts, "AddPermission", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        const { Label: label, AWSAccountIds: accountIds, Actions: actions } = input;
        setPolicy(
          queue,
          addStatement(queue.attributes["Policy"], {
            label,
            accountIds,
            actions,
            prefix: "SQS",
            arn: queue.arn,
            known: shareable,
          }),
          call.at,
        );
        return {};
      },
    },
    RemovePermission: {
      needs: (input, call) => onOwnQueue(parts, "RemovePermission", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        setPolicy(queue, removeStatement(queue.attributes["Policy"], input.Label, queue.arn), call.at);
        return {};
      },
    },
  } satisfies Service<"sqs">["operations"];
}

function seconds(at: number): string {
  return String(Math.floor(at / 1_000));
}

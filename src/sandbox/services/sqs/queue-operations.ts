import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { changeAttributes, readRedriveAllowPolicy, readRedrivePolicy } from "./attributes.ts";
import { missingParameter } from "./missing-parameter.ts";
import { findByArn, isFifo, noSuchQueue, type Queue, queueArn, queueKey, queueUrl } from "./queue.ts";
import { onOwnQueue, onQueue, queueOf, type SqsParts } from "./queue-needs.ts";
import { checkTags } from "./tag-operations.ts";

const nameShape = /^(?:[A-Za-z0-9_-]{1,80}|(?=.{6,80}$)[A-Za-z0-9_-]+\.fifo)$/u;
/** SQS API Reference, CreateQueue: a deleted queue's name is free after a minute. */
const nameRestMilliseconds = 60_000;

/** Queues come, go, and are found. */
export function queueOperations(parts: SqsParts) {
  const { queues } = parts;
  const { world } = queues;
  return {
    CreateQueue: {
      needs: (input, call) => {
        const resource = queueArn(call.accountId, call.region, readName(input.QueueName));
        const isTagged = Object.keys(input.tags ?? {}).length > 0;
        return [{ action: "sqs:CreateQueue", resource }, ...(isTagged ? [{ action: "sqs:TagQueue", resource }] : [])];
      },
      answer: (input, call) => {
        const name = readName(input.QueueName);
        const place = { accountId: call.accountId, region: call.region, name };
        const asked = { ...input.Attributes };
        if (isFifo(place) !== (asked["FifoQueue"] === "true")) {
          const reason = isFifo(place)
            ? "The name of a FIFO queue goes with FifoQueue true"
            : "The name of a FIFO queue must end with .fifo";
          throw new AwsError(
            "InvalidParameterValue",
            `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length. ${reason}`,
          );
        }
        const attributes = changeAttributes({}, asked, isFifo(place));
        const known = queues.queues.get(queueKey(place));
        if (known !== undefined) {
          refuseOther(known, attributes);
          return { QueueUrl: queueUrl(world, known) };
        }
        const deletedAt = queues.deleted.get(queueKey(place));
        if (deletedAt !== undefined && call.at < deletedAt + nameRestMilliseconds) {
          throw new AwsError(
            "QueueDeletedRecently",
            "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
          );
        }
        const arn = queueArn(call.accountId, call.region, name);
        const queue: Queue = {
          ...place,
          arn,
          createdAt: call.at,
          modifiedAt: call.at,
          attributes,
          tags: checkTags({}, input.tags),
        };
        checkRedrive(parts, queue);
        queues.put(queue);
        return { QueueUrl: queueUrl(world, queue) };
      },
    },
    DeleteQueue: {
      needs: (input, call) => onOwnQueue(parts, "DeleteQueue", input, call),
      answer: (input, call) => {
        queues.delete(queueOf(parts, input, call));
        return {};
      },
    },
    GetQueueUrl: {
      needs: (input, call) => {
        const name = readName(input.QueueName);
        const accountId = readAccount(input.QueueOwnerAWSAccountId) ?? call.accountId;
        return onQueue(parts, "GetQueueUrl", { QueueUrl: queueUrl(world, { accountId, name }) }, call);
      },
      answer: (input, call) => {
        const accountId = readAccount(input.QueueOwnerAWSAccountId) ?? call.accountId;
        const queue = queues.queues.get(queueKey({ accountId, region: call.region, name: readName(input.QueueName) }));
        if (queue === undefined) throw noSuchQueue();
        return { QueueUrl: queueUrl(world, queue) };
      },
    },
    ListQueues: {
      needs: (_input, call) => [
        { action: "sqs:ListQueues", resource: `arn:aws:sqs:${call.region}:${call.accountId}:*` },
      ],
      answer: (input, call) => {
        const found = queues.queues.values(keyOf(call.accountId, call.region, input.QueueNamePrefix ?? ""));
        return listed(parts, found, input.MaxResults, input.NextToken);
      },
    },
    ListDeadLetterSourceQueues: {
      needs: (input, call) => onQueue(parts, "ListDeadLetterSourceQueues", input, call),
      answer: (input, call) => {
        const target = queueOf(parts, input, call);
        const all = [...queues.queues.values(keyOf(target.accountId, target.region, ""))];
        const sources = all.filter((queue) => deadLetterArnOf(queue) === target.arn);
        const { QueueUrls: urls, ...page } = listed(parts, sources, input.MaxResults, input.NextToken);
        return { queueUrls: urls, ...page };
      },
    },
    PurgeQueue: {
      needs: (input, call) => onQueue(parts, "PurgeQueue", input, call),
      answer: (input, call) => {
        const queue = queueOf(parts, input, call);
        if (queue.purgedAt !== undefined && call.at < queue.purgedAt + 60_000) {
          throw new AwsError(
            "PurgeQueueInProgress",
            `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
            403,
          );
        }
        world.state.together(() => {
          queues.put({ ...queue, purgedAt: call.at });
          queues.inboxOf(queue).clear();
        });
        return {};
      },
    },
  } satisfies Service<"sqs">["operations"];
}

/** The dead-letter queue of a queue, if it names one. */
export function deadLetterArnOf(queue: Queue): string | undefined {
  const policy = queue.attributes["RedrivePolicy"];
  return policy === undefined ? undefined : readRedrivePolicy(policy).deadLetterTargetArn;
}

/** A dead-letter queue is there, of the same kind, account and region, and lets this queue in. */
export function checkRedrive({ queues }: SqsParts, queue: Queue): void {
  const arn = deadLetterArnOf(queue);
  if (arn === undefined) return;
  const target = findByArn(queues.queues, arn);
  const refuse = (reason: string) =>
    new AwsError(
      "InvalidParameterValue",
      `Value ${queue.attributes["RedrivePolicy"]} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    );
  if (target === undefined) throw refuse("Dead letter target does not exist.");
  if (target.accountId !== queue.accountId || target.region !== queue.region)
    throw refuse("Dead-letter target owner should be same as the source.");
  if (isFifo(target) !== isFifo(queue)) throw refuse("Dead-letter queue must be same type of queue as the source.");
  if (target.arn === queue.arn) throw refuse("A queue cannot be its own dead-letter queue.");
  if (!letsRedrive(target, queue.arn))
    throw refuse("The dead-letter queue does not allow this queue (RedriveAllowPolicy).");
}

export function letsRedrive(target: Queue, sourceArn: string): boolean {
  const text = target.attributes["RedriveAllowPolicy"];
  if (text === undefined) return true;
  const { redrivePermission, sourceQueueArns } = readRedriveAllowPolicy(text);
  return redrivePermission === "allowAll" || (redrivePermission === "byQueue" && sourceQueueArns.includes(sourceArn));
}

function listed({ queues }: SqsParts, found: Iterable<Queue>, max: number | undefined, token: string | undefined) {
  if (max !== undefined && !(max >= 1 && max <= 1_000))
    throw new AwsError(
      "InvalidParameterValue",
      "Value for parameter MaxResults is invalid. Reason: Must be between 1 and 1000.",
    );
  const page = pageOf(found, (queue) => queue.name, max ?? 1_000, token);
  if (page === undefined) throw new AwsError("InvalidParameterValue", "Value for parameter NextToken is invalid.");
  const urls = page.items.map((queue) => queueUrl(queues.world, queue));
  // Without MaxResults SQS tells no token.
  const next = max === undefined ? undefined : page.next;
  return { QueueUrls: urls, ...(next === undefined ? {} : { NextToken: next }) };
}

function refuseOther(known: Queue, asked: Readonly<Record<string, string>>): void {
  const other = Object.entries(asked).find(([name, value]) => known.attributes[name] !== value);
  if (other === undefined) return;
  throw new AwsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${other[0]}`,
  );
}

function readName(name: string | undefined): string {
  if (name === undefined) throw missingParameter("QueueName");
  if (!nameShape.test(name))
    throw new AwsError(
      "InvalidParameterValue",
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  return name;
}

function readAccount(accountId: string | undefined): string | undefined {
  if (accountId === undefined || /^\d{12}$/u.test(accountId)) return accountId;
  throw new AwsError("InvalidParameterValue", "Value for parameter QueueOwnerAWSAccountId is invalid.");
}

import { AwsError } from "../../../aws/index.ts";
import { type Call, type Need } from "../../service.ts";
import { type EncryptionKey, type EncryptionKeys, keyNeeds } from "../encryption-keys.ts";
import { findByUrl, noSuchQueue, type Queue, queueArn, readQueueUrl } from "./queue.ts";
import { type Queues } from "./queues.ts";

/** What SQS's operations work with. */
export interface SqsParts {
  readonly queues: Queues;
  readonly keys: EncryptionKeys;
}

interface OfQueue {
  readonly QueueUrl?: string | undefined;
}

/** The queue that a call is about; `QueueDoesNotExist` otherwise. */
export function queueOf({ queues }: SqsParts, input: OfQueue, call: Call): Queue {
  const queue = findByUrl(queues.queues, call.region, input.QueueUrl);
  if (queue === undefined) throw noSuchQueue();
  return queue;
}

/** What somebody has to be allowed on a queue; its policy speaks too. */
export function onQueue({ queues }: SqsParts, action: string, input: OfQueue, call: Call): readonly Need[] {
  const { accountId, name } = readQueueUrl(input.QueueUrl);
  const policy = findByUrl(queues.queues, call.region, input.QueueUrl)?.attributes["Policy"];
  const resource = queueArn(accountId, call.region, name);
  return [
    {
      action: `sqs:${action}`,
      resource,
      ownerId: accountId,
      ...(policy === undefined ? {} : { resourcePolicy: policy }),
    },
  ];
}

/**
 * The same for what no policy gives to another account: SQS Developer Guide, "Overview of managing access", on
 * cross-account permissions.
 */
export function onOwnQueue(parts: SqsParts, action: string, input: OfQueue, call: Call): readonly Need[] {
  const needs = onQueue(parts, action, input, call);
  if (readQueueUrl(input.QueueUrl).accountId === call.caller.accountId) return needs;
  return needs.map(({ action: each, resource, ownerId = "" }) => ({ action: each, resource, ownerId }));
}

/** The same, and what the queue's key has to allow. */
export function onMessages(
  parts: SqsParts,
  action: string,
  input: OfQueue,
  call: Call,
  keyActions: readonly string[],
): readonly Need[] {
  const needs = onQueue(parts, action, input, call);
  const queue = findByUrl(parts.queues.queues, call.region, input.QueueUrl);
  const key = queue === undefined ? undefined : keyOfQueue(parts, queue, call);
  if (queue === undefined || key === undefined) return needs;
  const via = { service: "sqs", region: queue.region, context: { "aws:sqs:arn": queue.arn } };
  return [...needs, ...keyNeeds(key, keyActions, via)];
}

function keyOfQueue({ keys }: SqsParts, queue: Queue, call: Call): EncryptionKey | undefined {
  const keyId = queue.attributes["KmsMasterKeyId"];
  if (keyId === undefined) return undefined;
  const key = keys.find(queue.accountId, queue.region, keyId);
  if (key === undefined) {
    // The key that AWS manages lets the account's own principals in, and no service: SQS Developer Guide, "Key management".
    if (keyId !== "alias/aws/sqs") throw new AwsError("KmsNotFound", `Key ${keyId} of the queue does not exist.`);
    if (call.caller.kind === "service" || call.caller.accountId !== queue.accountId) {
      throw new AwsError("KmsAccessDenied", `The key alias/aws/sqs gives no access to ${call.caller.principalArn}.`);
    }
    return undefined;
  }
  if (!key.isEnabled) throw new AwsError("KmsDisabled", `${key.arn} is disabled.`);
  return key;
}

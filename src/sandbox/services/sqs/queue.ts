import { AwsError } from "../../../aws/index.ts";
import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";
import { readArn } from "../resource-arn.ts";
import { missingParameter } from "./missing-parameter.ts";

/** A queue as it lasts; attributes are those that were set, the rest are AWS's defaults. */
export interface Queue {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt?: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export function isFifo(queue: Pick<Queue, "name">): boolean {
  return queue.name.endsWith(".fifo");
}

/** The key of a queue in the collection of queues. */
export function queueKey(queue: Pick<Queue, "accountId" | "region" | "name">): string {
  return keyOf(queue.accountId, queue.region, queue.name);
}

export function queueArn(accountId: string, region: string, name: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}

export function queueUrl(world: World, queue: Pick<Queue, "accountId" | "name">): string {
  return `${world.url}/${queue.accountId}/${queue.name}`;
}

const urlEnd = /\/(\d{12})\/([A-Za-z0-9_-]{1,80}(?:\.fifo)?)\/?$/u;

/** Account and name from a queue's URL, whatever host it names: behind a proxy it is not this one. */
export function readQueueUrl(url: string | undefined): { readonly accountId: string; readonly name: string } {
  if (url === undefined || url === "") throw missingParameter("QueueUrl");
  const found = url.length > 1_024 ? null : urlEnd.exec(url);
  if (found === null)
    throw new AwsError("InvalidAddress", `The address ${url.slice(0, 200)} is not valid for this endpoint.`, 404);
  const [, accountId = "", name = ""] = found;
  return { accountId, name };
}

/** The queue of a URL in a region, if it is there. */
export function findByUrl(queues: Collection<Queue>, region: string, url: string | undefined): Queue | undefined {
  return queues.get(queueKey({ ...readQueueUrl(url), region }));
}

export function findByArn(queues: Collection<Queue>, arn: string): Queue | undefined {
  const parts = readArn(arn);
  if (parts?.service !== "sqs") return undefined;
  return queues.get(queueKey({ accountId: parts.accountId, region: parts.region, name: parts.resource }));
}

/** What AWS answers for a queue that is not there (SQS API Reference, QueueDoesNotExist). */
export function noSuchQueue(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}

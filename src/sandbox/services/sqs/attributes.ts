import { AwsError } from "../../../aws/index.ts";
import { readPolicyDocument } from "../policy-document.ts";
import { readArn } from "../resource-arn.ts";

/** What each attribute may be and what it is when nobody set it: SQS API Reference, SetQueueAttributes. */
const ranges: Readonly<Record<string, { readonly min: number; readonly max: number; readonly otherwise: number }>> = {
  DelaySeconds: { min: 0, max: 900, otherwise: 0 },
  MaximumMessageSize: { min: 1_024, max: 1_048_576, otherwise: 1_048_576 },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, otherwise: 345_600 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, otherwise: 0 },
  VisibilityTimeout: { min: 0, max: 43_200, otherwise: 30 },
  KmsDataKeyReusePeriodSeconds: { min: 60, max: 86_400, otherwise: 300 },
};

const choices: Readonly<Record<string, readonly string[]>> = {
  SqsManagedSseEnabled: ["true", "false"],
  FifoQueue: ["true"],
  ContentBasedDeduplication: ["true", "false"],
  DeduplicationScope: ["queue", "messageGroup"],
  FifoThroughputLimit: ["perQueue", "perMessageGroupId"],
};

const fifoOnly = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];
/** Setting one of these to nothing takes it away. */
const removable = ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId"];

type Attributes = Readonly<Record<string, string>>;

/** The attributes after a change; refuses what SQS does not take. */
export function changeAttributes(
  before: Attributes,
  change: Readonly<Record<string, string | undefined>>,
  isFifo: boolean,
): Attributes {
  const after = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    if (removable.includes(name) && value === "") after.delete(name);
    else after.set(name, checked(name, value, isFifo));
  }
  const isEncryptedByKey = after.has("KmsMasterKeyId");
  if (isEncryptedByKey && change["SqsManagedSseEnabled"] === "true") {
    throw invalid("SqsManagedSseEnabled", "You can use one type of server-side encryption (SSE) at one time");
  }
  if (after.get("FifoThroughputLimit") === "perMessageGroupId" && after.get("DeduplicationScope") !== "messageGroup") {
    throw invalid("FifoThroughputLimit", "perMessageGroupId is allowed only when DeduplicationScope is messageGroup");
  }
  return Object.fromEntries(after);
}

/** A number among the attributes, or what it is by default. */
export function numberOf(attributes: Attributes, name: string): number {
  const value = attributes[name];
  return value === undefined ? (ranges[name]?.otherwise ?? 0) : Number(value);
}

/** All attributes that GetQueueAttributes tells without looking at messages. */
export function describeAttributes(attributes: Attributes, isFifo: boolean): Record<string, string> {
  const all: Record<string, string> = {};
  for (const name of Object.keys(ranges)) {
    if (name !== "KmsDataKeyReusePeriodSeconds" || attributes["KmsMasterKeyId"] !== undefined) {
      all[name] = String(numberOf(attributes, name));
    }
  }
  all["SqsManagedSseEnabled"] =
    attributes["KmsMasterKeyId"] === undefined ? (attributes["SqsManagedSseEnabled"] ?? "true") : "false";
  if (isFifo) {
    Object.assign(all, {
      FifoQueue: "true",
      ContentBasedDeduplication: "false",
      DeduplicationScope: "queue",
      FifoThroughputLimit: "perQueue",
    });
  }
  for (const name of [...fifoOnly, ...removable]) if (attributes[name] !== undefined) all[name] = attributes[name];
  return all;
}

function checked(name: string, value: string, isFifo: boolean): string {
  const range = ranges[name];
  if (range !== undefined) {
    const number = /^\d{1,9}$/u.test(value) ? Number(value) : Number.NaN;
    if (!(number >= range.min && number <= range.max)) throw invalid(name);
    return String(number);
  }
  if (fifoOnly.includes(name) && !isFifo) throw unknown(name);
  if (choices[name] !== undefined) {
    if (!choices[name].includes(value)) throw invalid(name);
    return value;
  }
  if (name === "KmsMasterKeyId") {
    if (value.length > 2_048) throw invalid(name);
    return value;
  }
  if (name === "Policy") {
    const policy = readPolicyDocument(value);
    if (typeof policy === "string") throw invalid(name, policy);
    return value;
  }
  if (name === "RedrivePolicy") {
    readRedrivePolicy(value);
    return value;
  }
  if (name === "RedriveAllowPolicy") {
    readRedriveAllowPolicy(value);
    return value;
  }
  throw unknown(name);
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** SQS API Reference, SetQueueAttributes, `RedrivePolicy`. */
export function readRedrivePolicy(text: string): RedrivePolicy {
  const policy = readObject("RedrivePolicy", text);
  const target = policy["deadLetterTargetArn"];
  const count = Number(policy["maxReceiveCount"]);
  if (typeof target !== "string" || readArn(target)?.service !== "sqs") {
    throw invalid("RedrivePolicy", "deadLetterTargetArn is not the ARN of a queue");
  }
  if (!(Number.isInteger(count) && count >= 1 && count <= 1_000)) {
    throw invalid("RedrivePolicy", "maxReceiveCount is not a number from 1 to 1000");
  }
  return { deadLetterTargetArn: target, maxReceiveCount: count };
}

export interface RedriveAllowPolicy {
  readonly redrivePermission: "allowAll" | "denyAll" | "byQueue";
  readonly sourceQueueArns: readonly string[];
}

/** SQS API Reference, SetQueueAttributes, `RedriveAllowPolicy`. */
export function readRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const policy = readObject("RedriveAllowPolicy", text);
  const permission = policy["redrivePermission"] ?? "allowAll";
  const sources = policy["sourceQueueArns"];
  if (permission !== "allowAll" && permission !== "denyAll" && permission !== "byQueue") {
    throw invalid("RedriveAllowPolicy", "redrivePermission is none of allowAll, denyAll, byQueue");
  }
  const isByQueue = permission === "byQueue";
  if (isByQueue !== (sources !== undefined)) {
    throw invalid("RedriveAllowPolicy", "sourceQueueArns goes with redrivePermission byQueue and with nothing else");
  }
  if (!isByQueue) return { redrivePermission: permission, sourceQueueArns: [] };
  if (!Array.isArray(sources) || sources.length === 0 || sources.length > 10) {
    throw invalid("RedriveAllowPolicy", "sourceQueueArns is not a list of one to ten ARNs");
  }
  const arns = sources.filter((arn): arn is string => typeof arn === "string" && readArn(arn)?.service === "sqs");
  if (arns.length !== sources.length)
    throw invalid("RedriveAllowPolicy", "sourceQueueArns holds something else than ARNs of queues");
  return { redrivePermission: permission, sourceQueueArns: arns };
}

function readObject(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = text.length > 8_192 ? undefined : JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw invalid(name, "It is not a JSON object");
}

function invalid(name: string, reason?: string): AwsError {
  return new AwsError(
    "InvalidAttributeValue",
    `Invalid value for the parameter ${name}.${reason === undefined ? "" : ` Reason: ${reason}.`}`,
  );
}

function unknown(name: string): AwsError {
  return new AwsError("InvalidAttributeName", `Unknown Attribute ${name.slice(0, 100)}.`);
}

import { visitMembers } from "./object-members.ts";

/** What an object in a log file turns out to be, told by the keys at its top. */
export type ObjectShape =
  | { readonly kind: "record" }
  /** An EventBridge event; the span is its `detail`. */
  | { readonly kind: "envelope"; readonly start: number; readonly end: number }
  /** An entry that carries a record as a JSON string; the span is that string with its quotes. */
  | {
      readonly kind: "text";
      readonly source: "lookup-events" | "log-events";
      readonly start: number;
      readonly end: number;
    }
  /** An object with one of the lists that hold records. */
  | { readonly kind: "wrapper" }
  | { readonly kind: "digest" }
  /** A message of S3, SNS, SQS or EventBridge that names objects and holds no records. */
  | { readonly kind: "notification" }
  | { readonly kind: "unknown" };

/** The keys under which records come in lists. */
export const listKeys: ReadonlySet<string> = new Set(["Records", "Events", "events", "logEvents"]);

/**
 * Top-level keys that records have and nothing else in this trade has, so that the look at an object can stop early.
 * S3 notifications share eventVersion, eventSource, eventName, eventTime, awsRegion, userIdentity, requestParameters
 * and responseElements (docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
const recordOnlyKeys: ReadonlySet<string> = new Set([
  "additionalEventData",
  "addendum",
  "eventCategory",
  "eventID",
  "eventType",
  "insightDetails",
  "managementEvent",
  "recipientAccountId",
  "requestID",
  "serviceEventDetails",
  "sharedEventID",
  "sourceIPAddress",
  "timeWindow",
  "tlsDetails",
  "userAgent",
  "vpcEndpointId",
]);

/** Keys that make an object a record when nothing speaks against it. */
const recordKeys: readonly string[] = ["eventVersion", "eventTime", "eventName", "eventSource", "userIdentity"];

/** Whether the key, at an object's top, speaks for a record. */
export function isRecordKey(key: string): boolean {
  return recordOnlyKeys.has(key) || recordKeys.includes(key);
}

const notificationKeys: readonly (readonly string[])[] = [
  ["s3Bucket", "s3ObjectKey"],
  ["Type", "TopicArn"],
  ["EventSource", "Sns"],
  ["messageId", "body"],
  ["MessageId", "Body"],
  ["Event", "Bucket"],
];

/** Tells what the object between `start` and `end` is; looks at its top-level keys alone. */
export function shapeOf(bytes: Uint8Array, view: DataView, start: number, end: number): ObjectShape {
  const keys = new Map<string, readonly [number, number]>();
  let isRecord = false;
  let isWrapper = false;
  visitMembers(bytes, view, start, end, ({ key, valueStart, valueEnd }) => {
    if (recordOnlyKeys.has(key)) {
      isRecord = true;
      return false;
    }
    if (listKeys.has(key) && bytes[valueStart] === 0x5b) {
      isWrapper = true;
      return false;
    }
    if (key !== "" && keys.size < 64 && !keys.has(key)) {
      keys.set(key, [valueStart, valueEnd]);
    }
    return true;
  });
  return isRecord ? { kind: "record" } : isWrapper ? { kind: "wrapper" } : shapeByKeys(bytes, view, keys);
}

function shapeByKeys(
  bytes: Uint8Array,
  view: DataView,
  keys: ReadonlyMap<string, readonly [number, number]>,
): ObjectShape {
  const opens = (key: string): number | undefined => bytes[keys.get(key)?.[0] ?? bytes.length];
  if (keys.has("digestS3Object") && keys.has("digestEndTime")) {
    return { kind: "digest" };
  }
  const detail = keys.get("detail");
  if (detail !== undefined && opens("detail") === 0x7b && keys.has("detail-type")) {
    return isPlainRecord(bytes, view, detail)
      ? { kind: "envelope", start: detail[0], end: detail[1] }
      : { kind: namesObject(bytes, view, detail) ? "notification" : "unknown" };
  }
  const lookup = keys.get("CloudTrailEvent");
  if (lookup !== undefined && opens("CloudTrailEvent") === 0x22) {
    return { kind: "text", source: "lookup-events", start: lookup[0], end: lookup[1] };
  }
  if (isNotification(bytes, keys)) {
    return { kind: "notification" };
  }
  const message = keys.get("message");
  if (message !== undefined && opens("message") === 0x22 && !keys.has("eventVersion")) {
    return { kind: "text", source: "log-events", start: message[0], end: message[1] };
  }
  return { kind: recordKeys.some((key) => keys.has(key)) ? "record" : "unknown" };
}

/** One level only: an envelope inside an envelope is none of CloudTrail's, and asking on would have no end. */
function isPlainRecord(bytes: Uint8Array, view: DataView, span: readonly [number, number]): boolean {
  let isRecord = false;
  visitMembers(bytes, view, span[0], span[1], ({ key }) => {
    isRecord ||= isRecordKey(key);
    return !isRecord;
  });
  return isRecord;
}

function isNotification(bytes: Uint8Array, keys: ReadonlyMap<string, readonly [number, number]>): boolean {
  if (notificationKeys.some((pair) => pair.every((key) => keys.has(key)))) {
    return true;
  }
  // CloudTrail's own sources are host names; `aws:s3`, `aws:sqs` and the like are how services name themselves in
  // what they hand to a Lambda function
  const source = keys.get("eventSource");
  return source !== undefined && String.fromCharCode(...bytes.subarray(source[0], source[0] + 5)) === '"aws:';
}

function namesObject(bytes: Uint8Array, view: DataView, span: readonly [number, number]): boolean {
  const found = new Set<string>();
  visitMembers(bytes, view, span[0], span[1], ({ key }) => {
    found.add(key);
    return found.size < 64;
  });
  return found.has("bucket") && found.has("object");
}

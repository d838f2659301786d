/** An object that a message says has arrived. */
export interface NoticedObject {
  readonly bucket: string;
  /** Decoded: as GetObject wants it. */
  readonly key: string;
  readonly versionId?: string;
}

/** What a message of a queue says, whichever of AWS's services wrote it and however it was wrapped. */
export type Notice =
  | { readonly kind: "objects"; readonly objects: readonly NoticedObject[] }
  /** Sent when the wiring was made: nothing has arrived. */
  | { readonly kind: "test" }
  /** An event that names no object that has come, such as a removal. */
  | { readonly kind: "nothing"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** SQS's messages have at most 1 MiB (SQS Developer Guide, "Message quotas"). */
const bodyCharactersMax = 1 << 20;
const objectsMax = 10_000;
/** SNS in SQS, and once more for those who forward messages between queues. */
const wrappersMax = 4;

const unknown = (reason: string): Notice => ({ kind: "unknown", reason });

/**
 * Reads the text of a message: CloudTrail's own by SNS, S3's event notifications and EventBridge's events, raw or in
 * SNS's envelope (CloudTrail User Guide, "Configuring Amazon SNS notifications for CloudTrail"; S3 User Guide, "Event
 * message structure"; SNS Developer Guide, "Raw message delivery").
 */
export function readNotice(body: string): Notice {
  if (body.length > bodyCharactersMax) return unknown("The message is longer than a queue takes");
  return readText(body, 0);
}

function readText(text: string, depth: number): Notice {
  if (depth > wrappersMax) return unknown("The message is wrapped too often");
  if (text.trim() === "CloudTrail validation message.") return { kind: "test" };
  const value = parse(text);
  if (!isObject(value)) return unknown("The message is no JSON object");
  return readObject(value, depth);
}

function readObject(value: Fields, depth: number): Notice {
  if (typeof value["Type"] === "string" && typeof value["Message"] === "string") {
    return readText(value["Message"], depth + 1);
  }
  if (typeof value["s3Bucket"] === "string") return readCloudTrail(value["s3Bucket"], value["s3ObjectKey"]);
  if (value["Event"] === "s3:TestEvent") return { kind: "test" };
  if (Array.isArray(value["Records"])) return readRecords(value["Records"], depth);
  if (typeof value["detail-type"] === "string") return readBusEvent(value["detail-type"], value["detail"]);
  return unknown("The message is none that CloudTrail, S3 or EventBridge writes");
}

function readCloudTrail(bucket: string, keys: unknown): Notice {
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) {
    return unknown("s3ObjectKey of the message is no list of keys");
  }
  return objectsOf(keys.map((key) => ({ bucket, key })));
}

/** S3's records, or messages as Lambda is handed them, which people forward and keep. */
function readRecords(records: readonly unknown[], depth: number): Notice {
  if (records.length > objectsMax) return unknown("The message names more objects than is reasonable");
  const objects: NoticedObject[] = [];
  for (const record of records) {
    if (!isObject(record)) return unknown("A record of the message is no object");
    // What Lambda is handed by SNS and by SQS.
    const wrapped = fieldsOf(record["Sns"])["Message"] ?? record["body"];
    const read = typeof wrapped === "string" ? readText(wrapped, depth + 1) : readS3Record(record);
    if (read.kind === "unknown") return read;
    if (read.kind === "objects") objects.push(...read.objects);
    if (read.kind === "test" && records.length === 1) return read;
  }
  return objects.length > 0 ? objectsOf(objects) : { kind: "nothing", reason: "No object has come" };
}

function readS3Record(record: Fields): Notice {
  const [major] = typeof record["eventVersion"] === "string" ? record["eventVersion"].split(".") : [];
  if (record["eventSource"] !== "aws:s3" || major !== "2") return unknown("A record of the message is none of S3's");
  const name = typeof record["eventName"] === "string" ? record["eventName"].replace(/^s3:/, "") : "";
  if (!name.startsWith("ObjectCreated:")) return { kind: "nothing", reason: `The event is ${name || "nameless"}` };
  const s3 = fieldsOf(record["s3"]);
  const object = fieldsOf(s3["object"]);
  const bucket = fieldsOf(s3["bucket"])["name"];
  const { key, versionId } = object;
  if (typeof bucket !== "string" || typeof key !== "string") return unknown("A record of the message names no object");
  const decoded = decodeKey(key);
  if (decoded === undefined) return unknown("A key of the message is not encoded as S3 encodes it");
  return objectsOf([{ bucket, key: decoded, ...(typeof versionId === "string" ? { versionId } : {}) }]);
}

function readBusEvent(detailType: string, detail: unknown): Notice {
  if (detailType !== "Object Created") return { kind: "nothing", reason: `The event is ${detailType}` };
  const fields = fieldsOf(detail);
  const version = fields["event-version"];
  if (typeof version === "string" && !/^[01]\./.test(version)) return unknown(`The event is of version ${version}`);
  const object = fieldsOf(fields["object"]);
  const bucket = fieldsOf(fields["bucket"])["name"];
  const { key } = object;
  const versionId = object["version-id"];
  if (typeof bucket !== "string" || typeof key !== "string") return unknown("The event names no object");
  return objectsOf([{ bucket, key, ...(typeof versionId === "string" ? { versionId } : {}) }]);
}

function objectsOf(objects: readonly NoticedObject[]): Notice {
  if (objects.length > objectsMax) return unknown("The message names more objects than is reasonable");
  if (objects.length === 0) return { kind: "nothing", reason: "The message names no object" };
  const isNamed = ({ bucket, key }: NoticedObject) => bucket !== "" && key !== "" && key.length <= 1024;
  return objects.every(isNamed) ? { kind: "objects", objects } : unknown("A bucket or a key of the message is none");
}

/** S3's keys in notifications are form-encoded: a plus is a space. */
function decodeKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

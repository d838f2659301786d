import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { type CallNote } from "../../../recorder/index.ts";
import { type Call } from "../../service.ts";
import { type Random } from "../../world.ts";
import { type Bucket, bucketArn, objectArn } from "./bucket.ts";
import {
  dataOperations,
  documentMembers,
  elementNames,
  eventNames,
  headerMembers,
  queryMarks,
  queryMembers,
  wrappedLists,
} from "./record-names.ts";

const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";

/**
 * What the record of a request to S3 says, which is the request's own parts rather than the operation's members: where
 * it went, its query, its headers, its document. Measured on real records (`GetBucketAcl`, `PutBucketLifecycle`,
 * `PutObject`, `ListObjects`, …); parts that no real record showed are left out.
 */
export function describeRequest(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  call: Call,
  bucket: Bucket | undefined,
  random: Random,
): CallNote {
  const bucketName = typeof input["Bucket"] === "string" ? input["Bucket"] : undefined;
  const isData = dataOperations.has(operation);
  const eventName = eventNames.get(operation);
  return {
    ...(eventName === undefined ? {} : { eventName }),
    category: isData ? "Data" : "Management",
    isReadOnly: /^(?:Get|Head|List)/.test(operation),
    requestParameters: requestParameters(operation, input, call.region, bucketName),
    responseElements: null,
    additionalEventData: {
      ...(call.caller.kind === "anonymous" ? {} : { SignatureVersion: "SigV4" }),
      CipherSuite: "TLS_AES_128_GCM_SHA256",
      bytesTransferredIn: 0,
      ...(call.caller.kind === "anonymous" ? {} : { AuthenticationMethod: "AuthHeader" }),
      "x-amz-id-2": Buffer.from(random.hex(112), "hex").toString("base64"),
      bytesTransferredOut: 0,
    },
    ...(bucket === undefined
      ? {}
      : { resources: resourcesOf(isData, input, bucket), recipients: recipientsOf(call, bucket) }),
  };
}

/** The record of one object out of a `DeleteObjects`. CloudTrail User Guide: since June 2025 each has its own. */
export function describeDeletedObject(
  bucket: Bucket,
  call: Call,
  object: { readonly key: string; readonly versionId?: string | undefined },
  random: Random,
): CallNote {
  const input = { Bucket: bucket.name, Key: object.key, VersionId: object.versionId };
  return describeRequest("DeleteObject", input, call, bucket, random);
}

function requestParameters(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  region: string,
  bucketName: string | undefined,
): JsonObject {
  const host = `s3.${region}.amazonaws.com`;
  const parts: [string, JsonValue][] = [];
  const mark = queryMarks.get(operation);
  if (mark !== undefined) parts.push([...mark]);
  if (bucketName !== undefined) parts.push(["bucketName", bucketName]);
  for (const [member, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const name = queryMembers.get(member) ?? headerMembers.get(member);
    if (name !== undefined) parts.push([name, plainText(value)]);
    else if (member === "Tagging" && typeof value === "string") parts.push(["x-amz-tagging", value]);
    else if (documentMembers.has(member)) parts.push([member, documentOf(value)]);
    else if (member === "Policy") parts.push(["bucketPolicy", policyOf(value)]);
  }
  parts.push(["Host", bucketName === undefined ? host : `${bucketName}.${host}`]);
  if (typeof input["Key"] === "string") parts.push(["key", input["Key"]]);
  return Object.fromEntries(parts);
}

function resourcesOf(
  isData: boolean,
  input: Readonly<Record<string, unknown>>,
  { name, ownerId }: Bucket,
): NonNullable<CallNote["resources"]> {
  const bucket = { accountId: ownerId, type: "AWS::S3::Bucket", ARN: bucketArn(name) };
  if (!isData) return [bucket];
  const key = input["Key"];
  const object =
    typeof key === "string"
      ? { type: "AWS::S3::Object", ARN: objectArn(name, key) }
      : { type: "AWS::S3::Object", ARN: objectArn(name, ""), isPrefix: true };
  return [object, bucket];
}

/** CloudTrail User Guide, 'CloudTrail and cross-account bucket calls': the caller's account and the bucket owner's. */
function recipientsOf({ caller }: Call, { ownerId }: Bucket): readonly string[] {
  return caller.kind === "service" || caller.kind === "anonymous" || caller.accountId === ownerId
    ? [ownerId]
    : [caller.accountId, ownerId];
}

/** As it went over the wire, where everything is text. */
function plainText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(",") : String(value);
}

function documentOf(value: unknown): JsonValue {
  const document = elementOf(value);
  return isRecord(document) ? { xmlns, ...document } : { xmlns };
}

function elementOf(value: unknown): JsonValue {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, inner]: [string, unknown]): [string, JsonValue][] => {
      if (inner === undefined) return [];
      const wrapped = wrappedLists.get(member);
      if (wrapped !== undefined) return [[wrapped[0], { [wrapped[1]]: itemsOf(inner) }]];
      // The key of a notification's filter, which is an object, is not the key of a tag.
      const name = member === "Key" && typeof inner === "object" ? "S3Key" : (elementNames.get(member) ?? member);
      return [[name, Array.isArray(inner) ? itemsOf(inner) : elementOf(inner)]];
    }),
  );
}

/** One item stands alone, as in XML. */
function itemsOf(list: unknown): JsonValue {
  const items = Array.isArray(list) ? list.map(elementOf) : [elementOf(list)];
  return items.length === 1 ? (items[0] ?? "") : items;
}

/** A policy that is refused is recorded too, so that it may be anything: none that is long or deep is taken in. */
function policyOf(text: unknown): JsonValue {
  if (typeof text !== "string" || text.length > 65_536 || (text.match(/[[{]/g)?.length ?? 0) > 2000) return "";
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return "";
  }
}

function isRecord(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

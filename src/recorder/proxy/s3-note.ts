import { type AwsOperation, parseXml, type XmlElement } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { type CallNote } from "../capture/ended-call.ts";
import { isDataEvent } from "../capture/event-names.ts";
import { nothing, printPlain } from "../capture/print-members.ts";
import { type Exchange } from "./pass-on.ts";

export interface S3Facts {
  readonly operation: AwsOperation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>> | undefined;
  readonly exchange: Exchange;
  /** The document that came with the request, if it is all there. */
  readonly document: Buffer | undefined;
  readonly signed: "header" | "query" | "none";
  readonly accountId: string;
  readonly isFailed: boolean;
}

/**
 * What the record of a request to S3 says, which is the request's own parts: where it went, its query, its headers, its
 * document (3,492 real records; the S3 of `trailwarden sandbox` is measured on them).
 */
export function s3Note(facts: S3Facts): CallNote {
  const { operation, input, exchange, signed, isFailed } = facts;
  const { headers } = exchange;
  const decoded = Number(exchange.request.headers["x-amz-decoded-content-length"]);
  const isWriting = !/^(?:Get|Head|List)/.test(operation.name);
  const answered = isWriting && !isFailed ? answerHeaders(headers) : {};
  const resources = resourcesOf(facts);
  return {
    requestParameters: requestParameters(facts),
    responseElements: Object.keys(answered).length === 0 ? null : answered,
    additionalEventData: {
      ...(signed !== "none" && { SignatureVersion: "SigV4" }),
      bytesTransferredIn: Number.isSafeInteger(decoded) && decoded >= 0 ? decoded : exchange.sent.size,
      ...(signed !== "none" && { AuthenticationMethod: signed === "header" ? "AuthHeader" : "QueryString" }),
      ...(headers["x-amz-id-2"] !== undefined && { "x-amz-id-2": headers["x-amz-id-2"] }),
      bytesTransferredOut: exchange.received.size,
    },
    ...(resources !== undefined && { resources }),
    ...(operation.name === "DeleteObjects" && !isFailed && { alsoRecord: deletedObjects(facts, input) }),
  };
}

/** Codes of one-time passwords, customers' keys; and checksums, which no real record shows. */
const leftOutHeaders = /^x-amz-(?:mfa|checksum|sdk-checksum|trailer|content-sha256|.*customer-(?:key|algorithm))/;

function requestParameters({ operation, input, exchange, document }: S3Facts): JsonObject {
  const printed = nothing();
  const { bindings } = operation.input;
  const put = (name: string, member: string) => {
    const value = Object.hasOwn(input, member) ? printPlain(input[member]) : undefined;
    if (value !== undefined) printed[name] = typeof value === "object" ? textOf(value) : String(value);
  };
  for (const [name, value] of operation.http?.query ?? []) printed[name] = value;
  put("bucketName", "Bucket");
  for (const { wireName, member } of bindings.query) if (wireName !== "x-id") put(wireName, member.name);
  for (const { wireName, member } of bindings.headers)
    if (wireName.startsWith("x-amz-") && !leftOutHeaders.test(wireName)) put(wireName, member.name);
  const said = document === undefined ? undefined : documentOf(operation, document);
  if (said !== undefined) printed[said.name] = said.value;
  const host = exchange.request.headers["host"];
  if (host !== undefined) printed["Host"] = host;
  put("key", "Key");
  return printed;
}

function textOf(value: JsonValue): string {
  return Array.isArray(value) ? value.map(String).join(",") : JSON.stringify(value);
}

/** `Delete` and the parts of an upload stand in no real record. */
const withoutDocument: ReadonlySet<string> = new Set(["DeleteObjects", "CompleteMultipartUpload"]);

function documentOf({ name }: AwsOperation, bytes: Buffer): { name: string; value: JsonValue } | undefined {
  if (bytes.length === 0 || withoutDocument.has(name)) return undefined;
  const text = bytes.toString("utf8");
  try {
    if (name === "PutBucketPolicy") return { name: "bucketPolicy", value: policyOf(text) };
    const root = parseXml(text);
    const value = elementOf(root);
    return { name: root.name, value: typeof value === "object" ? { ...xmlns, ...value } : xmlns };
  } catch {
    return undefined;
  }
}

const xmlns = { xmlns: "http://s3.amazonaws.com/doc/2006-03-01/" };

/** A policy that is refused is recorded too, so that it may be anything: none that is long or deep is taken in. */
function policyOf(text: string): JsonValue {
  if (text.length > 65_536 || (text.match(/[[{]/g)?.length ?? 0) > 2000) return "";
  const read = JSON.parse(text) as JsonValue;
  return typeof read === "object" ? read : "";
}

/** One item of a name stands alone, several are a list. */
function elementOf({ children, text }: XmlElement): JsonValue {
  if (children.length === 0) return text;
  const value = nothing();
  for (const [name, all] of Map.groupBy(children, (child) => child.name)) {
    const items = all.map(elementOf);
    value[name] = items.length === 1 ? (items[0] ?? "") : items;
  }
  return value;
}

/** The answer's headers that records of writes have. */
const answerHeaderNames = [
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-server-side-encryption-bucket-key-enabled",
  "x-amz-server-side-encryption-context",
  "x-amz-version-id",
  "x-amz-delete-marker",
  "x-amz-expiration",
];

function answerHeaders(headers: Exchange["headers"]): JsonObject {
  return Object.fromEntries(answerHeaderNames.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}

function resourcesOf({ operation, input, accountId }: S3Facts): CallNote["resources"] {
  const { Bucket: bucketName, Key: key } = input;
  if (typeof bucketName !== "string") return undefined;
  const bucketArn = `arn:aws:s3:::${bucketName}`;
  const bucket = { accountId, type: "AWS::S3::Bucket", ARN: bucketArn };
  if (!isDataEvent("s3", operation.name)) return [bucket];
  const type = "AWS::S3::Object";
  const object =
    typeof key === "string" ? { type, ARN: `${bucketArn}/${key}` } : { type, ARN: `${bucketArn}/`, isPrefix: true };
  return [object, bucket];
}

/** Since June 2025 each object out of a `DeleteObjects` has a record of its own (User Guide, "Logging data events"). */
function deletedObjects(facts: S3Facts, input: S3Facts["input"]): NonNullable<CallNote["alsoRecord"]> {
  const asked = listOf((input["Delete"] as { readonly Objects?: unknown } | undefined)?.Objects);
  const failed = new Set(listOf(facts.output?.["Errors"]).map(nameOf));
  return asked
    .filter((object) => typeof object.Key === "string" && !failed.has(nameOf(object)))
    .map(({ Key, VersionId }) => {
      const own = { Bucket: input["Bucket"], Key };
      return {
        eventName: "DeleteObject",
        note: {
          requestParameters: {
            bucketName: String(input["Bucket"]),
            ...(typeof VersionId === "string" && { versionId: VersionId }),
            Host: facts.exchange.request.headers["host"] ?? "",
            key: String(Key),
          },
          resources: resourcesOf({ ...facts, input: own }) ?? [],
        },
      };
    });
}

interface NamedObject {
  readonly Key?: unknown;
  readonly VersionId?: unknown;
}

function listOf(value: unknown): readonly NamedObject[] {
  return Array.isArray(value) ? (value as readonly NamedObject[]) : [];
}

function nameOf({ Key, VersionId }: NamedObject): string {
  return JSON.stringify([Key, VersionId ?? null]);
}

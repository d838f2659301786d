import { type AwsOperation } from "../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../cloudtrail/index.ts";
import { nothing, printPlain } from "./print-members.ts";
import { printS3Document } from "./print-s3-document.ts";

/**
 * What must not be kept, and what no real record shows: codes of one-time passwords, tokens, customers' keys, checksums.
 */
const leftOutHeaders =
  /^x-amz-(?:mfa|checksum|sdk-checksum|trailer|content-sha256|.*customer-(?:key|algorithm)|.*token$)/;

/**
 * S3's parameters, which are the request's own parts rather than the operation's members: where it went, its query, its
 * headers, its document: `{bucketName, Host, key, policy: "", "x-amz-acl": …}` (3,492 real records).
 */
export function printS3Request(operation: AwsOperation, input: object, host: string | undefined): JsonObject {
  const printed = nothing();
  const { bindings } = operation.input;
  const put = (name: string, member: string) => {
    const value = Object.hasOwn(input, member) ? printPlain(input[member as keyof typeof input]) : undefined;
    if (value !== undefined) printed[name] = wireText(value);
  };
  for (const [name, value] of operation.http?.query ?? []) printed[name] = value;
  put("bucketName", "Bucket");
  for (const { wireName, member } of bindings.query) if (wireName !== "x-id") put(wireName, member.name);
  for (const { wireName, member } of bindings.headers) {
    if (wireName.startsWith("x-amz-") && !leftOutHeaders.test(wireName)) put(wireName, member.name);
  }
  const document = printS3Document(operation, input);
  if (document !== undefined) printed[document.name] = document.value;
  if (host !== undefined) printed["Host"] = host;
  put("key", "Key");
  return printed;
}

/** As it went over the wire, where everything is text. */
function wireText(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? value.map(String).join(",") : JSON.stringify(value);
}

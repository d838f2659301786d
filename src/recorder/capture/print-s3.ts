import { type AwsOperation } from "../../aws/index.ts";
import { type JsonObject } from "../../cloudtrail/index.ts";
import { nothing, printPlain } from "./print-members.ts";

/**
 * S3's parameters where its service does not say them itself: the request's own parts rather than the operation's
 * members, `{bucketName, Host, key, policy: "", "x-amz-acl": …}` (3,492 real records).
 */
export function printS3Request(operation: AwsOperation, input: object, host: string | undefined): JsonObject {
  const printed = nothing();
  const { bindings } = operation.input;
  const valueOf = (name: string) =>
    Object.hasOwn(input, name) ? printPlain(input[name as keyof typeof input]) : undefined;
  const put = (name: string, value: ReturnType<typeof valueOf>) => {
    if (value !== undefined) printed[name] = typeof value === "object" ? value : String(value);
  };
  put("bucketName", valueOf("Bucket"));
  put("Host", host);
  for (const [name, value] of operation.http?.query ?? []) put(name, value);
  put("key", valueOf("Key"));
  for (const { wireName, member } of [...bindings.query, ...bindings.headers]) {
    // Keys that a client encrypts with stand in headers, too; those of KMS are named, not given.
    if (!/-customer-key(?:-md5)?$/i.test(wireName) && wireName !== "x-id") put(wireName, valueOf(member.name));
  }
  return printed;
}

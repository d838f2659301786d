import { type JsonObject } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../api-call.ts";
import { type EndedCall } from "./ended-call.ts";
import { isDataEvent } from "./event-names.ts";

/** What S3's records say of how a request came and how many bytes went; of an unsigned one no signature. */
export function s3Transfer({ signed, bytesIn, bytesOut }: EndedCall): JsonObject | undefined {
  if (signed === undefined) return undefined;
  return {
    ...(signed !== "none" && { SignatureVersion: "SigV4" }),
    bytesTransferredIn: bytesIn ?? 0,
    ...(signed !== "none" && { AuthenticationMethod: signed === "header" ? "AuthHeader" : "QueryString" }),
    bytesTransferredOut: bytesOut ?? 0,
  };
}

/** The bucket that a request to S3 touches, and of data events the object before it, or the beginning of all. */
export function s3Resources(
  operation: string,
  { Bucket: bucketName, Key: key }: { readonly Bucket?: unknown; readonly Key?: unknown },
  ownerId: string,
): ApiCall["resources"] {
  if (typeof bucketName !== "string") return undefined;
  const bucketArn = `arn:aws:s3:::${bucketName}`;
  const bucket = { accountId: ownerId, type: "AWS::S3::Bucket", ARN: bucketArn };
  if (!isDataEvent("s3", operation)) return [bucket];
  const type = "AWS::S3::Object";
  const object =
    typeof key === "string" ? { type, ARN: `${bucketArn}/${key}` } : { type, ARN: `${bucketArn}/`, isPrefix: true };
  return [object, bucket];
}

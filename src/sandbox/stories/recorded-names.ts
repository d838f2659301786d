import { type ServiceName } from "../../aws/index.ts";

/** What records call S3's operations that stories make (seen in real records; the recorder has the whole list). */
const renamed: ReadonlyMap<string, string> = new Map([
  ["DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"],
  ["GetPublicAccessBlock", "GetBucketPublicAccessBlock"],
  ["ListObjectsV2", "ListObjects"],
  ["PutBucketLifecycleConfiguration", "PutBucketLifecycle"],
  ["PutPublicAccessBlock", "PutBucketPublicAccessBlock"],
]);

/** The name that an operation has in records. */
export function recordedName(service: ServiceName, operation: string): string {
  return service === "s3" ? (renamed.get(operation) ?? operation) : operation;
}

import { type ServiceName } from "../../aws/index.ts";

/**
 * Operations that records call otherwise. Seen in real records: GetAccelerateConfiguration, GetBucketLifecycle,
 * PutBucketLifecycle, GetBucketObjectLockConfiguration, GetBucketPublicAccessBlock; ListObjects of requests with
 * `list-type=2`. The others of the same families follow them.
 */
const renamed: Readonly<Partial<Record<ServiceName, ReadonlyMap<string, string>>>> = {
  s3: new Map([
    ["DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"],
    ["GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"],
    ["GetBucketLifecycleConfiguration", "GetBucketLifecycle"],
    ["GetBucketNotificationConfiguration", "GetBucketNotification"],
    ["GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"],
    ["GetPublicAccessBlock", "GetBucketPublicAccessBlock"],
    ["ListObjectsV2", "ListObjects"],
    ["PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"],
    ["PutBucketLifecycleConfiguration", "PutBucketLifecycle"],
    ["PutBucketNotificationConfiguration", "PutBucketNotification"],
    ["PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"],
    ["PutPublicAccessBlock", "PutBucketPublicAccessBlock"],
  ]),
};

/**
 * Data events: of S3 what touches objects, and HeadBucket and ListObjects with them (29 and 2 real records); messages of
 * SNS and SQS (their guides' pages on CloudTrail); what is within log groups and buses.
 */
const dataOperations: Readonly<Partial<Record<ServiceName, RegExp>>> = {
  s3: /Object(?!LockConfiguration)|MultipartUpload|^UploadPart|^ListParts$|^HeadBucket$|^SelectObject|^CreateSession$/,
  sns: /^Publish/,
  sqs: /^(?:Send|Receive|Delete)Message|^ChangeMessageVisibility/,
  logs: /^(?:PutLogEvents|GetLogEvents|FilterLogEvents|GetLogRecord|StartLiveTail)$/,
  events: /^PutEvents$/,
};

const readingVerbs =
  /^(?:BatchGet|Describe|Filter|Get|Head|List|Lookup|Query|Receive|Scan|Search|Select|Simulate|Test)(?![a-z])/;

/**
 * Where the verb says otherwise: 28 AssumeRole, 1,141 Decrypt and 519 GenerateDataKey of real records are read-only; two
 * each of GetFederationToken and GetSessionToken are not.
 */
const reading: Readonly<Partial<Record<ServiceName, RegExp>>> = {
  kms: /^(?:Decrypt|DeriveSharedSecret|Encrypt|Generate|ReEncrypt|Sign|Verify)/,
  sts: /^AssumeRole|^DecodeAuthorizationMessage$/,
};
const writing: Readonly<Partial<Record<ServiceName, RegExp>>> = {
  sts: /^Get(?:FederationToken|SessionToken)$/,
};

/** What records call an operation. */
export function eventNameOf(service: ServiceName, operation: string): string {
  return renamed[service]?.get(operation) ?? operation;
}

export function isDataEvent(service: ServiceName, operation: string): boolean {
  return dataOperations[service]?.test(operation) ?? false;
}

/** What `readOnly` says of an operation. */
export function isReadOnlyCall(service: ServiceName, operation: string): boolean {
  if (writing[service]?.test(operation) === true) return false;
  return readingVerbs.test(operation) || (reading[service]?.test(operation) ?? false);
}

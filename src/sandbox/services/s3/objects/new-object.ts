import { AwsError } from "../../../../aws/index.ts";
import { type Call, type Need } from "../../../service.ts";
import { type Accounts } from "../../../world.ts";
import { type Acl, type AclInput, hasAclInput, isPublicAcl, privateAcl, readAcl } from "../access/acl.ts";
import { type Bucket } from "../bucket.ts";
import { type EncryptionChoice } from "../encryption/object-encryption.ts";
import { accessDenied, invalidRequest, notImplemented } from "../errors.ts";
import { type LockInput, readLock } from "../lock/object-lock.ts";
import { objectNeed, requestTags } from "../need.ts";
import { readTaggingHeader } from "../tags.ts";
import { type StoredHeaders, type StoredObject } from "./object-version.ts";

/** As operations that write objects are asked, beyond bytes and encryption. */
export interface NewObjectInput extends AclInput, LockInput {
  readonly Key?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly Expires?: Date | string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly RequestPayer?: string | undefined;
}

export type NewObject = Pick<
  StoredObject,
  "ownerId" | "headers" | "metadata" | "storageClass" | "tags" | "acl" | "retention" | "hasLegalHold"
>;

/** Everything of a new object that does not depend on its bytes. */
export function readNewObject(bucket: Bucket, call: Call, input: NewObjectInput, accounts: Accounts): NewObject {
  return {
    ...readOwnerAndAcl(bucket, call, input, accounts),
    ...readLock(bucket, input, call.at),
    headers: readHeaders(input),
    metadata: readMetadata(input.Metadata),
    storageClass: readStorageClass(input.StorageClass),
    tags: input.Tagging === undefined ? [] : readTaggingHeader(input.Tagging),
  };
}

/** What writing an object needs. Service Authorization Reference, 'Actions … for Amazon S3', PutObject. */
export function writeNeeds(
  bucket: Bucket,
  key: string,
  input: NewObjectInput,
  choice: EncryptionChoice | undefined,
): readonly Need[] {
  const tags = input.Tagging === undefined ? undefined : readTaggingHeader(input.Tagging);
  const context = {
    "s3:x-amz-acl": input.ACL,
    "s3:x-amz-grant-full-control": input.GrantFullControl,
    "s3:x-amz-grant-read": input.GrantRead,
    "s3:x-amz-grant-read-acp": input.GrantReadACP,
    "s3:x-amz-grant-write-acp": input.GrantWriteACP,
    "s3:x-amz-storage-class": input.StorageClass,
    // Conditions on encryption look at the request's headers, not at what the bucket makes of their absence.
    "s3:x-amz-server-side-encryption": choice === undefined || choice.isDefault ? undefined : choice.algorithm,
    "s3:x-amz-server-side-encryption-aws-kms-key-id":
      choice?.algorithm === "aws:kms" && !choice.isDefault ? choice.keyId : undefined,
    "s3:object-lock-mode": input.ObjectLockMode,
    "s3:object-lock-retain-until-date": input.ObjectLockRetainUntilDate?.toISOString(),
    "s3:object-lock-legal-hold": input.ObjectLockLegalHoldStatus,
    ...requestTags(tags),
  };
  const needsAcl = hasAclInput(input) && input.ACL !== "bucket-owner-full-control" && input.ACL !== "private";
  const actions = [
    "s3:PutObject",
    ...(needsAcl ? ["s3:PutObjectAcl"] : []),
    ...(tags === undefined ? [] : ["s3:PutObjectTagging"]),
    ...(input.ObjectLockMode === undefined ? [] : ["s3:PutObjectRetention"]),
    ...(input.ObjectLockLegalHoldStatus === undefined ? [] : ["s3:PutObjectLegalHold"]),
  ];
  // Who may write into a bucket is its owner's to say, whoever has the object that is there.
  return actions.map((action) => objectNeed(bucket, key, action, context));
}

/** Requests of others have to say that they pay where the bucket has it so. API Reference, 'Requester Pays buckets'. */
export function checkPayer(bucket: Bucket, call: Call, given: string | undefined): void {
  if (bucket.payer === "Requester" && call.accountId !== bucket.ownerId && given !== "requester") throw accessDenied();
}

/** S3 User Guide, 'Controlling ownership of objects and disabling ACLs for your bucket'. */
function readOwnerAndAcl(
  bucket: Bucket,
  call: Call,
  input: NewObjectInput,
  accounts: Accounts,
): { readonly ownerId: string; readonly acl: Acl } {
  const isEnforced = bucket.ownership === "BucketOwnerEnforced";
  if (isEnforced) {
    if (hasAclInput(input) && input.ACL !== "bucket-owner-full-control") throw aclNotSupported();
    return { ownerId: bucket.ownerId, acl: privateAcl(bucket.ownerId) };
  }
  // Objects that a service of AWS writes are taken for the bucket owner's, as AWS's own accounts are not here.
  const isOwners =
    call.caller.kind === "service" ||
    (bucket.ownership === "BucketOwnerPreferred" && input.ACL === "bucket-owner-full-control");
  const ownerId = isOwners ? bucket.ownerId : call.accountId;
  const acl = readAcl(input, { ownerId, bucketOwnerId: bucket.ownerId }, accounts) ?? privateAcl(ownerId);
  if (bucket.publicAccessBlock?.BlockPublicAcls === true && isPublicAcl(acl)) throw accessDenied();
  return { ownerId, acl };
}

export function aclNotSupported(): AwsError {
  return new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
}

function readHeaders(input: NewObjectInput): StoredHeaders {
  const { Expires: expires } = input;
  return {
    contentType: input.ContentType ?? "binary/octet-stream",
    ...optional("contentEncoding", withoutChunks(input.ContentEncoding)),
    ...optional("contentLanguage", input.ContentLanguage),
    ...optional("contentDisposition", input.ContentDisposition),
    ...optional("cacheControl", input.CacheControl),
    ...optional("expires", expires instanceof Date ? expires.toUTCString() : expires),
    ...optional("redirect", input.WebsiteRedirectLocation),
  };
}

/** `aws-chunked` says how a request was sent; it is not kept. API Reference, 'Signature calculations: chunked upload'. */
function withoutChunks(encoding: string | undefined): string | undefined {
  if (encoding === undefined) return undefined;
  const rest = encoding
    .split(",", 16)
    .map((part) => part.trim())
    .filter((part) => part !== "aws-chunked" && part !== "");
  return rest.length === 0 ? undefined : rest.join(",");
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: string };
}

/** S3 User Guide, 'Working with object metadata': 2 KB of user-defined metadata; keys are kept in lower case. */
const metadataBytesMax = 2048;

function readMetadata(given: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const metadata = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const size = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (size > metadataBytesMax) {
    throw new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400, {
      Size: String(size),
      MaxSizeAllowed: String(metadataBytesMax),
    });
  }
  return metadata;
}

/** S3 User Guide, 'Understanding and managing Amazon S3 storage classes'. */
const storageClasses = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
]);

function readStorageClass(given: string | undefined): string {
  if (given === undefined) return "STANDARD";
  if (storageClasses.has(given)) return given;
  if (["OUTPOSTS", "SNOW", "EXPRESS_ONEZONE"].includes(given)) {
    throw notImplemented(`storage class ${given}`);
  }
  throw new AwsError("InvalidStorageClass", "The storage class you specified is not valid");
}

/** A lock wants proof that the bytes are right. API Reference, PutObject. */
export function checkLockDigest(input: NewObjectInput, hasDigest: boolean): void {
  const isLocked = input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus !== undefined;
  if (isLocked && !hasDigest) {
    throw invalidRequest(
      "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
    );
  }
}

import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Call } from "../../service.ts";
import { type Bucket } from "./bucket.ts";
import { expirationOf } from "./lifecycle/expiration.ts";
import { type ObjectVersion, type StoredEncryption, type StoredObject } from "./objects/object-version.ts";

/** What the record of a written object says of the answer: its headers that begin with `x-amz-`. */
export function noteWrite(
  call: Call,
  bucket: Bucket,
  object: StoredObject,
  { isDefault }: { readonly isDefault: boolean },
): void {
  const { Expiration: expiration } = expirationOf(bucket, object);
  call.note({
    responseElements: {
      ...encryptionHeaders(object.encryption),
      ...versionHeader(bucket, object),
      ...(expiration === undefined ? {} : { "x-amz-expiration": expiration }),
    },
    additionalEventData: { SSEApplied: appliedEncryption(object.encryption, isDefault) },
  });
}

/** What the record of a deletion says of the answer. */
export function noteDeletion(call: Call, bucket: Bucket, version: ObjectVersion | undefined): void {
  if (version === undefined || bucket.versioning === undefined) return;
  call.note({
    responseElements: {
      ...versionHeader(bucket, version),
      ...(version.isDeleteMarker ? { "x-amz-delete-marker": "true" } : {}),
    },
  });
}

function versionHeader({ versioning }: Bucket, { versionId }: ObjectVersion): JsonObject {
  return versioning === undefined ? {} : { "x-amz-version-id": versionId };
}

function encryptionHeaders(encryption: StoredEncryption): JsonObject {
  if (encryption.kind === "AES256") return { "x-amz-server-side-encryption": "AES256" };
  return {
    "x-amz-server-side-encryption": "aws:kms",
    "x-amz-server-side-encryption-aws-kms-key-id": encryption.keyArn,
    ...(encryption.hasBucketKey ? { "x-amz-server-side-encryption-bucket-key-enabled": "true" } : {}),
    // Real records have the whole context here, what S3 added too.
    ...(encryption.givenContext === undefined
      ? {}
      : {
          "x-amz-server-side-encryption-context": Buffer.from(JSON.stringify(encryption.context)).toString("base64"),
        }),
  };
}

/** S3 User Guide, 'Default encryption FAQ': `SSEApplied` tells what the object was encrypted with and who chose. */
function appliedEncryption({ kind }: StoredEncryption, isDefault: boolean): string {
  return `${isDefault ? "Default_" : ""}${kind === "AES256" ? "SSE_S3" : "SSE_KMS"}`;
}

import { AwsError } from "../../../../aws/index.ts";
import { type Need } from "../../../service.ts";
import { type Bucket } from "../bucket.ts";
import { invalidArgument, methodNotAllowed, noSuchKey, noSuchVersion } from "../errors.ts";
import { bucketNeed, objectNeed } from "../need.ts";
import { type S3 } from "../operation.ts";
import { type ObjectVersion, type StoredObject } from "./object-version.ts";

interface ObjectInput {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** The version that is asked for, or the latest; a delete marker too. */
export function lookUp(
  s3: S3,
  bucket: Bucket,
  { Key: key = "", VersionId: versionId }: ObjectInput,
): ObjectVersion | undefined {
  return versionId === undefined
    ? s3.objects.latest(bucket.name, key)
    : s3.objects.version(bucket.name, key, versionId);
}

/**
 * The object, or the error that AWS answers for what is not there: a delete marker is no object, and asked for by its
 * version it is not to be had in this way (S3 User Guide, 'Working with delete markers').
 */
export function findObject(s3: S3, bucket: Bucket, input: ObjectInput): StoredObject {
  const { Key: key = "", VersionId: versionId } = input;
  const found = lookUp(s3, bucket, input);
  if (found?.isDeleteMarker === false) return found;
  if (versionId === undefined) {
    throw found === undefined
      ? noSuchKey(key)
      : new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key });
  }
  if (found !== undefined) throw methodNotAllowed();
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(versionId)) throw invalidVersionId(versionId);
  throw noSuchVersion(key, versionId);
}

export function invalidVersionId(versionId: string): AwsError {
  return invalidArgument("Invalid version id specified", "versionId", versionId.slice(0, 200));
}

/**
 * What reading something of an object needs. Where it is not there, whether one may list decides if one is told so
 * (API Reference, GetObject: 404 with `s3:ListBucket`, else 403).
 */
export function readNeeds(
  s3: S3,
  bucket: Bucket,
  input: ObjectInput,
  actions: { readonly latest: string; readonly version: string },
  context: Parameters<typeof objectNeed>[3] = {},
): readonly Need[] {
  const { Key: key = "", VersionId: versionId } = input;
  const found = lookUp(s3, bucket, input);
  const action = versionId === undefined ? actions.latest : actions.version;
  const need = objectNeed(bucket, key, action, { "s3:VersionId": versionId, ...context }, found);
  return found?.isDeleteMarker === false ? [need] : [need, bucketNeed(bucket, "s3:ListBucket", { "s3:prefix": key })];
}

/** Archived objects have to be restored before they are read, which the sandbox does not do. API Reference, GetObject. */
export function checkNotArchived({ storageClass }: StoredObject): void {
  if (storageClass !== "GLACIER" && storageClass !== "DEEP_ARCHIVE") return;
  throw new AwsError("InvalidObjectState", "The operation is not valid for the object's storage class", 403, {
    StorageClass: storageClass,
  });
}

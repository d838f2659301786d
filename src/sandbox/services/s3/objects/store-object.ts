import { type Bucket } from "../bucket.ts";
import { noSuchBucket } from "../errors.ts";
import { type S3 } from "../operation.ts";
import { type DeleteMarker, type StoredObject } from "./object-version.ts";

/** Makes an object its key's latest version, after the bucket's versioning; bytes that it takes the place of go. */
export async function storeObject(
  s3: S3,
  bucketName: string,
  object: Omit<StoredObject, "bucket" | "versionId" | "sequence" | "isDeleteMarker">,
): Promise<StoredObject> {
  const bucket = s3.buckets.get(bucketName);
  if (bucket === undefined) {
    // It went while the bytes came.
    await s3.bytes.remove(object.pieces);
    throw noSuchBucket(bucketName);
  }
  const name = s3.objects.nextVersion(bucket.versioning === "Enabled");
  const stored: StoredObject = { ...object, ...name, bucket: bucket.name, isDeleteMarker: false };
  const replaced = s3.objects.put(stored);
  if (replaced?.isDeleteMarker === false) await s3.bytes.remove(replaced.pieces);
  return stored;
}

/** Puts a delete marker before a key's versions. */
export async function storeDeleteMarker(
  s3: S3,
  bucket: Bucket,
  key: string,
  { at, ownerId }: { readonly at: number; readonly ownerId: string },
): Promise<DeleteMarker> {
  const name = s3.objects.nextVersion(bucket.versioning === "Enabled");
  const marker: DeleteMarker = { ...name, bucket: bucket.name, key, at, ownerId, isDeleteMarker: true };
  const replaced = s3.objects.put(marker);
  if (replaced?.isDeleteMarker === false) await s3.bytes.remove(replaced.pieces);
  return marker;
}

/** What an answer says of the version: nothing while the bucket never had versioning. */
export function printVersionId(bucket: Bucket, versionId: string): { readonly VersionId?: string } {
  return bucket.versioning === undefined ? {} : { VersionId: versionId };
}

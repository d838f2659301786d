import { AwsError } from "../../../../aws/index.ts";
import { type CallNote } from "../../../../recorder/index.ts";
import { type Call, type Need } from "../../../service.ts";
import { type Bucket } from "../bucket.ts";
import { accessDenied, malformedXml, notImplemented } from "../errors.ts";
import { checkUnlocked, needsBypass } from "../lock/object-lock.ts";
import { objectNeed } from "../need.ts";
import { noteRequest } from "../note-request.ts";
import { announce } from "../notices/announce.ts";
import { invalidVersionId, lookUp } from "../objects/find-object.ts";
import { type ObjectVersion } from "../objects/object-version.ts";
import { checkWriting } from "../objects/preconditions.ts";
import { printVersionId, storeDeleteMarker } from "../objects/store-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { noteDeletion } from "../record-writes.ts";

interface Deletion {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly BypassGovernanceRetention?: boolean | undefined;
  readonly IfMatch?: string | undefined;
}

export function deleteObject(s3: S3): S3Operation<"DeleteObject"> {
  return onBucket(s3, "DeleteObject", {
    needs: (input, bucket, call) => deleteNeeds(s3, bucket, input, call.at),
    async answer(input, bucket, call) {
      if (input.IfMatchLastModifiedTime !== undefined || input.IfMatchSize !== undefined) {
        throw notImplemented("conditions of directory buckets");
      }
      if (input.MFA !== undefined) throw notImplemented("x-amz-mfa");
      const { version, isMarkerMade } = await deleteOne(s3, bucket, call, input);
      noteDeletion(call, bucket, version);
      if (version === undefined) return {};
      return {
        ...printVersionId(bucket, version.versionId),
        ...(isMarkerMade || version.isDeleteMarker ? { DeleteMarker: true } : {}),
      };
    },
  });
}

const objectsMax = 1000;

export function deleteObjects(s3: S3): S3Operation<"DeleteObjects"> {
  return onBucket(s3, "DeleteObjects", {
    // Each object is allowed or refused by itself, below.
    needs: () => [],
    async answer(input, bucket, call) {
      const objects = input.Delete?.Objects ?? [];
      if (objects.length === 0 || objects.length > objectsMax) throw malformedXml();
      if (input.MFA !== undefined) throw notImplemented("x-amz-mfa");
      const deleted: object[] = [];
      const errors: { Key: string; VersionId?: string; Code: string; Message: string }[] = [];
      const records: NonNullable<CallNote["alsoRecord"]>[number][] = [];
      for (const given of objects) {
        const { Key: key = "", VersionId: versionId } = given;
        try {
          if (given.LastModifiedTime !== undefined || given.Size !== undefined) {
            throw notImplemented("conditions of directory buckets");
          }
          const deletion = {
            Key: key,
            VersionId: versionId,
            IfMatch: given.ETag,
            BypassGovernanceRetention: input.BypassGovernanceRetention,
          };
          for (const need of deleteNeeds(s3, bucket, deletion, call.at)) {
            const judged = await s3.outlets.authorize(call, need);
            if (!judged.allowed) throw accessDenied(judged.message);
          }
          const done = await deleteOne(s3, bucket, call, deletion);
          deleted.push(printDeleted(key, versionId, done));
          const own = { Bucket: bucket.name, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
          const note = noteRequest("DeleteObject", own, call, bucket, s3.world.random);
          records.push({ operation: "DeleteObject", input: own, note });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          const named = versionId === undefined ? {} : { VersionId: versionId };
          errors.push({ Key: key, ...named, Code: error.code, Message: error.message });
        }
      }
      // CloudTrail User Guide: since June 2025 each has a record of its own.
      call.note({ alsoRecord: records });
      return {
        ...(input.Delete?.Quiet === true || deleted.length === 0 ? {} : { Deleted: deleted }),
        ...(errors.length === 0 ? {} : { Errors: errors }),
      };
    },
  });
}

function deleteNeeds(s3: S3, bucket: Bucket, deletion: Deletion, at: number): readonly Need[] {
  const { Key: key = "", VersionId: versionId, BypassGovernanceRetention: bypass } = deletion;
  const found = lookUp(s3, bucket, deletion);
  const action = versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
  // As with writing: whoever has the object, its going is the bucket owner's to allow.
  const need = (wanted: string): Need => objectNeed(bucket, key, wanted, { "s3:VersionId": versionId });
  const goesPast = bypass === true && versionId !== undefined && needsBypass(found, at);
  return goesPast ? [need(action), need("s3:BypassGovernanceRetention")] : [need(action)];
}

interface Done {
  /** What was taken away, or the marker that was put; nothing when there was nothing. */
  readonly version: ObjectVersion | undefined;
  readonly isMarkerMade: boolean;
}

/** S3 User Guide, 'Deleting object versions from a versioning-enabled bucket'. */
async function deleteOne(s3: S3, bucket: Bucket, call: Call, deletion: Deletion): Promise<Done> {
  const { Key: key = "", VersionId: versionId } = deletion;
  const found = lookUp(s3, bucket, deletion);
  if (deletion.IfMatch !== undefined) {
    checkWriting(found?.isDeleteMarker === false ? found : undefined, key, { ifMatch: deletion.IfMatch });
  }
  if (versionId !== undefined) {
    if (found === undefined && !/^[A-Za-z0-9._-]{1,64}$/.test(versionId)) throw invalidVersionId(versionId);
    return removeVersion(s3, bucket, call, found, deletion.BypassGovernanceRetention === true);
  }
  if (bucket.versioning === undefined) {
    if (found === undefined) return { version: undefined, isMarkerMade: false };
    return removeVersion(s3, bucket, call, found, false);
  }
  const at = s3.world.clock.now();
  const nullVersion = s3.objects.version(bucket.name, key, "null");
  // A marker of a bucket whose versioning is suspended takes the place of the version `null`.
  if (bucket.versioning === "Suspended" && nullVersion !== undefined) checkUnlocked(nullVersion, at, false);
  const marker = await storeDeleteMarker(s3, bucket, key, { at, ownerId: bucket.ownerId });
  await announce(s3, call, bucket, "ObjectRemoved:DeleteMarkerCreated", marker);
  return { version: marker, isMarkerMade: true };
}

async function removeVersion(
  s3: S3,
  bucket: Bucket,
  call: Call,
  found: ObjectVersion | undefined,
  bypass: boolean,
): Promise<Done> {
  if (found === undefined) return { version: undefined, isMarkerMade: false };
  checkUnlocked(found, s3.world.clock.now(), bypass);
  s3.objects.remove(found);
  if (!found.isDeleteMarker) await s3.bytes.remove(found.pieces);
  await announce(s3, call, bucket, "ObjectRemoved:Delete", found);
  return { version: found, isMarkerMade: false };
}

function printDeleted(key: string, versionId: string | undefined, { version, isMarkerMade }: Done): object {
  return {
    Key: key,
    ...(versionId === undefined ? {} : { VersionId: versionId }),
    ...(isMarkerMade ? { DeleteMarker: true, DeleteMarkerVersionId: version?.versionId } : {}),
    ...(!isMarkerMade && version?.isDeleteMarker === true
      ? { DeleteMarker: true, DeleteMarkerVersionId: version.versionId }
      : {}),
  };
}

import { beginEncryption, chooseEncryption, printEncryption } from "../encryption/object-encryption.ts";
import { printChecksum } from "../checksum/given-checksum.ts";
import { notImplemented } from "../errors.ts";
import { announce } from "../notices/announce.ts";
import { checkLockDigest, checkPayer, readNewObject, writeNeeds } from "../objects/new-object.ts";
import { checkWriting } from "../objects/preconditions.ts";
import { receiveBody } from "../objects/receive-body.ts";
import { printVersionId, storeObject } from "../objects/store-object.ts";
import { type StoredObject } from "../objects/object-version.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { expirationOf } from "../lifecycle/expiration.ts";
import { noteWrite } from "../record-writes.ts";

export function putObject(s3: S3): S3Operation<"PutObject"> {
  return onBucket(s3, "PutObject", {
    needs: (input, bucket) => writeNeeds(bucket, input.Key ?? "", input, chooseEncryption(bucket, input)),
    async answer(input, bucket, call) {
      const key = input.Key ?? "";
      if (input.WriteOffsetBytes !== undefined) throw notImplemented("x-amz-write-offset-bytes");
      checkPayer(bucket, call, input.RequestPayer);
      checkLockDigest(input, hasDigest(input));
      const conditions = { ifMatch: input.IfMatch, ifNoneMatch: input.IfNoneMatch };
      checkWriting(current(s3, bucket.name, key), key, conditions);
      const about = readNewObject(bucket, call, input, s3.world.accounts);
      const choice = chooseEncryption(bucket, input);
      const { encryption, dataKey } = await beginEncryption(s3, call, bucket, key, choice);
      const { written, checksum } = await receiveBody(s3, call, input, { dataKey });
      try {
        // Another may have written meanwhile.
        checkWriting(current(s3, bucket.name, key), key, conditions);
      } catch (error) {
        await s3.bytes.remove([written.piece]);
        throw error;
      }
      const md5 = encryption.kind === "AES256" ? written.md5 : written.storedMd5;
      const object = await storeObject(s3, bucket.name, {
        ...about,
        key,
        at: s3.world.clock.now(),
        eTag: `"${md5}"`,
        sizeBytes: written.piece.sizeBytes,
        pieces: [written.piece],
        checksum,
        encryption,
      });
      noteWrite(call, bucket, object, { isDefault: choice.isDefault });
      await announce(s3, call, bucket, "ObjectCreated:Put", object);
      return {
        ETag: object.eTag,
        Size: undefined,
        ...printEncryption(encryption),
        ...(input.SSEKMSEncryptionContext === undefined
          ? {}
          : { SSEKMSEncryptionContext: input.SSEKMSEncryptionContext }),
        ...printChecksum(checksum),
        ChecksumType: checksum.type,
        ...printVersionId(bucket, object.versionId),
        ...expirationOf(bucket, object),
      };
    },
  });
}

export function current(s3: S3, bucket: string, key: string): StoredObject | undefined {
  const latest = s3.objects.latest(bucket, key);
  return latest?.isDeleteMarker === false ? latest : undefined;
}

function hasDigest(input: Readonly<object>): boolean {
  return Object.entries(input).some(
    ([name, value]) => value !== undefined && (name === "ContentMD5" || name.startsWith("Checksum")),
  );
}

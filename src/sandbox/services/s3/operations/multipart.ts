import { type Bucket } from "../bucket.ts";
import { type ChecksumAlgorithm } from "../checksum/checksum.ts";
import { printChecksum, readAlgorithm, readChecksum } from "../checksum/given-checksum.ts";
import { beginEncryption, chooseEncryption, openEncryption, printEncryption } from "../encryption/object-encryption.ts";
import { invalidArgument, invalidRequest, noSuchUpload } from "../errors.ts";
import { expirationOf } from "../lifecycle/expiration.ts";
import { chooseParts, multipartETag, partsMax, wholeChecksum } from "../multipart/complete-upload.ts";
import { type Part, type Upload } from "../multipart/uploads.ts";
import { objectNeed } from "../need.ts";
import { announce } from "../notices/announce.ts";
import { type NewObject, readNewObject, writeNeeds } from "../objects/new-object.ts";
import { type WrittenBytes } from "../objects/object-bytes.ts";
import { checkWriting } from "../objects/preconditions.ts";
import { readRange } from "../objects/range.ts";
import { receiveBody, requestBytesMax } from "../objects/receive-body.ts";
import { printVersionId, storeObject } from "../objects/store-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { noteWrite } from "../record-writes.ts";
import { checkSource, findSource, sourceNeeds } from "./copy-object.ts";
import { current } from "./put-object.ts";

export function createMultipartUpload(s3: S3): S3Operation<"CreateMultipartUpload"> {
  return onBucket(s3, "CreateMultipartUpload", {
    needs: (input, bucket) => writeNeeds(bucket, input.Key ?? "", input, chooseEncryption(bucket, input)),
    async answer(input, bucket, call) {
      const key = input.Key ?? "";
      const about = readNewObject(bucket, call, input, s3.world.accounts);
      const checksum = readUploadChecksum(input.ChecksumAlgorithm, input.ChecksumType);
      const { encryption } = await beginEncryption(s3, call, bucket, key, chooseEncryption(bucket, input));
      const upload: Upload = {
        ...about,
        bucket: bucket.name,
        key,
        encryption,
        checksum,
        uploadId: s3.uploads.nextId(),
        startedAt: call.at,
        initiatorArn: call.caller.arn,
      };
      s3.uploads.put(upload);
      return {
        Bucket: bucket.name,
        Key: key,
        UploadId: upload.uploadId,
        ...printEncryption(encryption),
        ...(checksum.isGiven ? { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type } : {}),
      };
    },
  });
}

/** S3 User Guide, 'Checking object integrity for data uploads', the table of types for multipart uploads. */
function readUploadChecksum(name: string | undefined, type: string | undefined): Upload["checksum"] {
  const algorithm: ChecksumAlgorithm = name === undefined ? "CRC64NVME" : readAlgorithm(name);
  const isCrc = algorithm.startsWith("CRC");
  const usual = algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
  const chosen = type ?? usual;
  if (chosen !== "FULL_OBJECT" && chosen !== "COMPOSITE") {
    throw invalidArgument("Value for x-amz-checksum-type header is invalid.", "x-amz-checksum-type", chosen);
  }
  if ((chosen === "FULL_OBJECT" && !isCrc) || (chosen === "COMPOSITE" && algorithm === "CRC64NVME")) {
    throw invalidRequest(
      `The ${chosen} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: chosen, isGiven: name !== undefined };
}

export function uploadPart(s3: S3): S3Operation<"UploadPart"> {
  return onBucket(s3, "UploadPart", {
    needs: (input, bucket) => writeNeeds(bucket, input.Key ?? "", {}, undefined),
    async answer(input, bucket, call) {
      const number = readPartNumber(input.PartNumber);
      const upload = findUpload(s3, bucket, input);
      const given = readChecksum(input);
      if (upload.checksum.isGiven && given !== undefined && given.algorithm !== upload.checksum.algorithm) {
        throw invalidRequest(
          `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksum.algorithm.toLowerCase()}, actual checksum Type: ${given.algorithm.toLowerCase()}`,
        );
      }
      const dataKey = await openEncryption(s3, call, bucket, upload.encryption);
      const { algorithm } = upload.checksum;
      const { written } = await receiveBody(s3, call, input, { dataKey, algorithm });
      const part = await keepPart(s3, upload, number, written);
      const echoed = given === undefined ? undefined : written.checksums.get(given.algorithm);
      return {
        ETag: `"${part.md5}"`,
        ...printEncryption(upload.encryption),
        ...(given === undefined || echoed === undefined
          ? {}
          : printChecksum({ algorithm: given.algorithm, value: echoed })),
      };
    },
  });
}

export function uploadPartCopy(s3: S3): S3Operation<"UploadPartCopy"> {
  return onBucket(s3, "UploadPartCopy", {
    needs: (input, bucket) => [
      ...sourceNeeds(s3, { ...input, TaggingDirective: "REPLACE" }),
      ...writeNeeds(bucket, input.Key ?? "", {}, undefined),
    ],
    async answer(input, bucket, call) {
      const number = readPartNumber(input.PartNumber);
      const upload = findUpload(s3, bucket, input);
      const { source, sourceBucket } = findSource(s3, input);
      checkSource(source, input);
      const range = readCopyRange(input.CopySourceRange, source.sizeBytes);
      const sourceKey = await openEncryption(s3, call, sourceBucket, source.encryption);
      const dataKey = await openEncryption(s3, call, bucket, upload.encryption);
      const { algorithm } = upload.checksum;
      const bytes = await s3.bytes.read(source.pieces, sourceKey, range);
      const written = await s3.bytes.write(bytes, { algorithms: [algorithm], dataKey, sizeBytesMax: requestBytesMax });
      const part = await keepPart(s3, upload, number, written);
      return {
        CopyPartResult: {
          ETag: `"${part.md5}"`,
          LastModified: new Date(part.at),
          ...(upload.checksum.isGiven ? printChecksum({ algorithm, value: part.checksum }) : {}),
        },
        ...(sourceBucket.versioning === undefined ? {} : { CopySourceVersionId: source.versionId }),
        ...printEncryption(upload.encryption),
      };
    },
  });
}

/** The bytes of a part that was there before go; those of one whose upload was aborted meanwhile too. */
async function keepPart(s3: S3, upload: Upload, number: number, written: WrittenBytes): Promise<Part> {
  const { piece, md5, checksums } = written;
  const checksum = checksums.get(upload.checksum.algorithm) ?? "";
  const part: Part = { number, at: s3.world.clock.now(), piece, md5, checksum };
  if (s3.uploads.get(upload.bucket, upload.key, upload.uploadId) === undefined) {
    await s3.bytes.remove([part.piece]);
    throw noSuchUpload(upload.uploadId);
  }
  const before = s3.uploads.putPart(upload.uploadId, part);
  if (before !== undefined) await s3.bytes.remove([before.piece]);
  return part;
}

export function completeMultipartUpload(s3: S3): S3Operation<"CompleteMultipartUpload"> {
  return onBucket(s3, "CompleteMultipartUpload", {
    needs: (input, bucket) => writeNeeds(bucket, input.Key ?? "", {}, undefined),
    async answer(input, bucket, call) {
      const upload = findUpload(s3, bucket, input);
      const { key } = upload;
      const parts = chooseParts(s3, upload, input.MultipartUpload?.Parts);
      const sizeBytes = parts.reduce((sum, { piece }) => sum + piece.sizeBytes, 0);
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== sizeBytes) {
        throw invalidRequest("The provided 'x-amz-mp-object-size' header value does not match what was computed");
      }
      checkWriting(current(s3, bucket.name, key), key, { ifMatch: input.IfMatch, ifNoneMatch: input.IfNoneMatch });
      // The parts are read to be joined, which asks KMS, whether or not all of their bytes are wanted.
      const dataKey = await openEncryption(s3, call, bucket, upload.encryption);
      const checksum = await wholeChecksum(s3, upload, parts, dataKey);
      const given = readChecksum(input);
      if (given?.value !== undefined && given.algorithm === checksum.algorithm && given.value !== checksum.value) {
        throw invalidRequest(
          `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum that does not match.`,
        );
      }
      // Whoever was quicker has taken the parts.
      findUpload(s3, bucket, input);
      const left = s3.uploads.remove(upload).filter(({ number }) => !parts.some((part) => part.number === number));
      const object = await storeObject(s3, bucket.name, {
        ...ofUpload(upload),
        at: s3.world.clock.now(),
        eTag: multipartETag(parts),
        sizeBytes,
        pieces: parts.map(({ piece }) => piece),
        parts: parts.map((part) => ({ number: part.number, sizeBytes: part.piece.sizeBytes, checksum: part.checksum })),
        checksum,
      });
      await s3.bytes.remove(left.map(({ piece }) => piece));
      noteWrite(call, bucket, object, { isDefault: false });
      await announce(s3, call, bucket, "ObjectCreated:CompleteMultipartUpload", object);
      return {
        Location: `${s3.world.url}/${bucket.name}/${encodeURIComponent(key)}`,
        Bucket: bucket.name,
        Key: key,
        ETag: object.eTag,
        ChecksumType: checksum.type,
        ...printChecksum(checksum),
        ...printEncryption(object.encryption),
        ...printVersionId(bucket, object.versionId),
        ...expirationOf(bucket, object),
      };
    },
  });
}

/** What was said of the object when its upload was started. */
function ofUpload(upload: Upload): NewObject & Pick<Upload, "key" | "encryption"> {
  const { key, ownerId, headers, metadata, storageClass, encryption, tags, acl, retention, hasLegalHold } = upload;
  return {
    ...{ key, ownerId, headers, metadata, storageClass, encryption, tags, acl },
    ...(retention === undefined ? {} : { retention }),
    ...(hasLegalHold === undefined ? {} : { hasLegalHold }),
  };
}

export function abortMultipartUpload(s3: S3): S3Operation<"AbortMultipartUpload"> {
  return onBucket(s3, "AbortMultipartUpload", {
    needs: (input, bucket) => [objectNeed(bucket, input.Key ?? "", "s3:AbortMultipartUpload")],
    async answer(input, bucket) {
      const parts = s3.uploads.remove(findUpload(s3, bucket, input));
      await s3.bytes.remove(parts.map(({ piece }) => piece));
      return {};
    },
  });
}

export function findUpload(
  s3: S3,
  bucket: Bucket,
  input: { readonly Key?: string | undefined; readonly UploadId?: string | undefined },
): Upload {
  const upload = s3.uploads.get(bucket.name, input.Key ?? "", input.UploadId ?? "");
  if (upload === undefined) throw noSuchUpload((input.UploadId ?? "").slice(0, 200));
  return upload;
}

function readPartNumber(number: number | undefined): number {
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= partsMax) return number;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${partsMax}, inclusive`,
    "partNumber",
    String(number),
  );
}

function readCopyRange(text: string | undefined, sizeBytes: number): { readonly start: number; readonly end: number } {
  if (text === undefined) return { start: 0, end: sizeBytes };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      text.slice(0, 100),
    );
  }
  if (Number(last) >= sizeBytes) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${sizeBytes}`,
      "x-amz-copy-source-range",
      text,
    );
  }
  return readRange(text, sizeBytes);
}

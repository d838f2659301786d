import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { printChecksum } from "../checksum/given-checksum.ts";
import { type Upload } from "../multipart/uploads.ts";
import { bucketNeed, objectNeed } from "../need.ts";
import { byteOrder } from "../objects/byte-order.ts";
import { keyPrinter } from "../objects/url-encoding.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { readMax } from "./list-objects.ts";
import { findUpload } from "./multipart.ts";

export function listParts(s3: S3): S3Operation<"ListParts"> {
  return onBucket(s3, "ListParts", {
    needs: (input, bucket) => [objectNeed(bucket, input.Key ?? "", "s3:ListMultipartUploadParts")],
    answer(input, bucket) {
      const upload = findUpload(s3, bucket, input);
      const max = readMax(input.MaxParts, "max-parts");
      const after = Number(input.PartNumberMarker ?? 0);
      const rest = [...s3.uploads.parts(upload.uploadId)].filter(({ number }) => number > after);
      const page = rest.slice(0, max);
      return {
        Bucket: bucket.name,
        Key: upload.key,
        UploadId: upload.uploadId,
        PartNumberMarker: String(after),
        NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
        MaxParts: max,
        IsTruncated: page.length < rest.length,
        Parts: page.map((part) => ({
          PartNumber: part.number,
          LastModified: new Date(part.at),
          ETag: `"${part.md5}"`,
          Size: part.piece.sizeBytes,
          ...(upload.checksum.isGiven
            ? printChecksum({ algorithm: upload.checksum.algorithm, value: part.checksum })
            : {}),
        })),
        ...printUploader(upload),
      };
    },
  });
}

export function listMultipartUploads(s3: S3): S3Operation<"ListMultipartUploads"> {
  return onBucket(s3, "ListMultipartUploads", {
    needs: (input, bucket) => [
      bucketNeed(bucket, "s3:ListBucketMultipartUploads", { "s3:prefix": input.Prefix ?? "" }),
    ],
    answer(input, bucket) {
      const { Prefix: prefix = "", Delimiter: delimiter = "", KeyMarker: keyMarker = "" } = input;
      const print = keyPrinter(input.EncodingType);
      const max = readMax(input.MaxUploads, "max-uploads");
      const uploads: Upload[] = [];
      const prefixes: string[] = [];
      let last: { readonly key: string; readonly uploadId: string } | undefined;
      let isTruncated = false;
      for (const upload of s3.uploads.list(bucket.name, prefix)) {
        if (!isAfter(upload, keyMarker, input.UploadIdMarker)) continue;
        const cut = delimiter === "" ? -1 : upload.key.indexOf(delimiter, prefix.length);
        const rolledUp = cut < 0 ? undefined : upload.key.slice(0, cut + delimiter.length);
        if (rolledUp !== undefined && (prefixes.at(-1) === rolledUp || rolledUp === keyMarker)) continue;
        if (uploads.length + prefixes.length >= max) {
          isTruncated = max > 0;
          break;
        }
        if (rolledUp === undefined) uploads.push(upload);
        else prefixes.push(rolledUp);
        last = { key: rolledUp ?? upload.key, uploadId: rolledUp === undefined ? upload.uploadId : "" };
      }
      return {
        Bucket: bucket.name,
        KeyMarker: print(keyMarker),
        UploadIdMarker: input.UploadIdMarker ?? "",
        MaxUploads: max,
        IsTruncated: isTruncated,
        Prefix: print(prefix),
        ...(delimiter === "" ? {} : { Delimiter: print(delimiter) }),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        ...(isTruncated && last !== undefined
          ? { NextKeyMarker: print(last.key), NextUploadIdMarker: last.uploadId }
          : {}),
        ...(uploads.length === 0
          ? {}
          : {
              Uploads: uploads.map((upload) => ({
                Key: print(upload.key),
                UploadId: upload.uploadId,
                Initiated: new Date(upload.startedAt),
                ...printUploader(upload),
              })),
            }),
        ...(prefixes.length === 0 ? {} : { CommonPrefixes: prefixes.map((name) => ({ Prefix: print(name) })) }),
      };
    },
  });
}

/** API Reference, ListMultipartUploads: without an upload's id all uploads of the marker's key are passed over. */
function isAfter(upload: Upload, keyMarker: string, uploadIdMarker: string | undefined): boolean {
  if (keyMarker === "") return true;
  if (upload.key !== keyMarker) return byteOrder(upload.key) > byteOrder(keyMarker);
  return uploadIdMarker !== undefined && uploadIdMarker !== "" && upload.uploadId > uploadIdMarker;
}

function printUploader(upload: Upload): {
  Initiator: { ID: string; DisplayName: string };
  Owner: { ID: string };
  StorageClass: "STANDARD";
  ChecksumAlgorithm?: Upload["checksum"]["algorithm"];
  ChecksumType?: Upload["checksum"]["type"];
} {
  return {
    Initiator: { ID: upload.initiatorArn, DisplayName: upload.initiatorArn.split("/").at(-1) ?? "" },
    Owner: { ID: canonicalIdOf(upload.ownerId) },
    StorageClass: upload.storageClass as "STANDARD",
    ...(upload.checksum.isGiven
      ? { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }
      : {}),
  };
}

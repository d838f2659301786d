import { AwsError, type OutputOf } from "../../../../aws/index.ts";
import { type Call } from "../../../service.ts";
import { type Bucket } from "../bucket.ts";
import { printChecksum } from "../checksum/given-checksum.ts";
import { openEncryption, printEncryption } from "../encryption/object-encryption.ts";
import { accessDenied, invalidRequest } from "../errors.ts";
import { expirationOf } from "../lifecycle/expiration.ts";
import { checkNotArchived, findObject, readNeeds } from "../objects/find-object.ts";
import { checkPayer } from "../objects/new-object.ts";
import { type StoredObject } from "../objects/object-version.ts";
import { checkReading } from "../objects/preconditions.ts";
import { readRange, type Range } from "../objects/range.ts";
import { printVersionId } from "../objects/store-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

const readActions = { latest: "s3:GetObject", version: "s3:GetObjectVersion" };

export function getObject(s3: S3): S3Operation<"GetObject"> {
  return onBucket(s3, "GetObject", {
    needs: (input, bucket) => readNeeds(s3, bucket, input, readActions),
    async answer(input, bucket, call) {
      const { object, range, part } = findAsked(s3, bucket, call, input);
      checkNotArchived(object);
      const dataKey = await openEncryption(s3, call, bucket, object.encryption);
      const body = await s3.bytes.read(object.pieces, dataKey, range);
      return {
        Body: body as unknown as NonNullable<OutputOf<"s3", "GetObject">["Body"]>,
        ...printObjectHeaders(bucket, object, input, call, range, part),
      };
    },
  });
}

export function headObject(s3: S3): S3Operation<"HeadObject"> {
  return onBucket(s3, "HeadObject", {
    needs: (input, bucket) => readNeeds(s3, bucket, input, readActions),
    async answer(input, bucket, call) {
      const { object, range, part } = findAsked(s3, bucket, call, input);
      // API Reference, HeadObject: to see the checksum one has to be allowed to decrypt; the rest is for everybody.
      if (input.ChecksumMode === "ENABLED") await openEncryption(s3, call, bucket, object.encryption);
      return printObjectHeaders(bucket, object, input, call, range, part);
    },
  });
}

interface ReadInput {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
  readonly RequestPayer?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly ChecksumMode?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

interface Asked {
  readonly object: StoredObject;
  readonly range: Range;
  readonly part: number | undefined;
}

function findAsked(s3: S3, bucket: Bucket, call: Call, input: ReadInput): Asked {
  if (input.SSECustomerAlgorithm !== undefined) {
    throw invalidRequest("The encryption parameters are not applicable to this object.");
  }
  checkPayer(bucket, call, input.RequestPayer);
  const object = findObject(s3, bucket, input);
  checkReading(object, {
    ifMatch: input.IfMatch,
    ifNoneMatch: input.IfNoneMatch,
    ifModifiedSince: input.IfModifiedSince,
    ifUnmodifiedSince: input.IfUnmodifiedSince,
  });
  if (input.PartNumber === undefined) {
    return { object, range: readRange(input.Range, object.sizeBytes), part: undefined };
  }
  if (input.Range !== undefined)
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  return { object, range: partRange(object, input.PartNumber), part: input.PartNumber };
}

function partRange({ parts, sizeBytes }: StoredObject, number: number): Range {
  const index = parts?.findIndex((part) => part.number === number) ?? (number === 1 ? 0 : -1);
  if (index < 0) {
    throw new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, {
      PartNumberRequested: String(number),
      ActualPartCount: String(parts?.length ?? 1),
    });
  }
  const start = (parts ?? []).slice(0, index).reduce((sum, part) => sum + part.sizeBytes, 0);
  return { start, end: start + (parts?.[index]?.sizeBytes ?? sizeBytes), isPartial: true };
}

function printObjectHeaders(
  bucket: Bucket,
  object: StoredObject,
  input: ReadInput,
  call: Call,
  { start, end, isPartial }: Range,
  part: number | undefined,
): Omit<OutputOf<"s3", "HeadObject">, "$metadata"> {
  const { headers } = object;
  if (call.caller.kind === "anonymous" && overrides(input).some((given) => given !== undefined)) {
    throw new AwsError(
      "InvalidRequest",
      "Request specific response headers cannot be used for anonymous GET requests.",
    );
  }
  const contentEncoding = input.ResponseContentEncoding ?? headers.contentEncoding;
  const contentLanguage = input.ResponseContentLanguage ?? headers.contentLanguage;
  const contentDisposition = input.ResponseContentDisposition ?? headers.contentDisposition;
  const cacheControl = input.ResponseCacheControl ?? headers.cacheControl;
  const expires = input.ResponseExpires?.toUTCString() ?? headers.expires;
  const isWhole = end - start === object.sizeBytes;
  return {
    AcceptRanges: "bytes",
    LastModified: new Date(object.at),
    ContentLength: end - start,
    ETag: object.eTag,
    ContentType: input.ResponseContentType ?? headers.contentType,
    Metadata: { ...object.metadata },
    ...(contentEncoding === undefined ? {} : { ContentEncoding: contentEncoding }),
    ...(contentLanguage === undefined ? {} : { ContentLanguage: contentLanguage }),
    ...(contentDisposition === undefined ? {} : { ContentDisposition: contentDisposition }),
    ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
    ...(expires === undefined ? {} : { ExpiresString: expires }),
    ...(headers.redirect === undefined ? {} : { WebsiteRedirectLocation: headers.redirect }),
    ...(isPartial ? { ContentRange: `bytes ${start}-${end - 1}/${object.sizeBytes}` } : {}),
    ...(object.storageClass === "STANDARD" ? {} : { StorageClass: object.storageClass as "STANDARD_IA" }),
    ...printEncryption(object.encryption),
    ...printVersionId(bucket, object.versionId),
    ...expirationOf(bucket, object),
    ...(object.tags.length === 0 ? {} : { TagCount: object.tags.length }),
    ...(part === undefined || object.parts === undefined ? {} : { PartsCount: object.parts.length }),
    ...(object.retention === undefined
      ? {}
      : { ObjectLockMode: object.retention.mode, ObjectLockRetainUntilDate: new Date(object.retention.until) }),
    ...(object.hasLegalHold === undefined
      ? {}
      : { ObjectLockLegalHoldStatus: object.hasLegalHold ? ("ON" as const) : ("OFF" as const) }),
    ...(input.ChecksumMode === "ENABLED" && isWhole && object.checksum !== undefined
      ? { ...printChecksum(object.checksum), ChecksumType: object.checksum.type }
      : {}),
  };
}

function overrides(input: ReadInput): readonly unknown[] {
  return [
    input.ResponseContentType,
    input.ResponseContentLanguage,
    input.ResponseContentEncoding,
    input.ResponseContentDisposition,
    input.ResponseCacheControl,
    input.ResponseExpires,
  ];
}

export function getObjectAttributes(s3: S3): S3Operation<"GetObjectAttributes"> {
  return onBucket(s3, "GetObjectAttributes", {
    needs: (input, bucket) => [
      ...readNeeds(s3, bucket, input, readActions),
      ...readNeeds(s3, bucket, input, {
        latest: "s3:GetObjectAttributes",
        version: "s3:GetObjectVersionAttributes",
      }),
    ],
    async answer(input, bucket, call) {
      const object = findObject(s3, bucket, input);
      if (input.SSECustomerAlgorithm !== undefined) throw accessDenied();
      await openEncryption(s3, call, bucket, object.encryption);
      const asked = new Set<string>(input.ObjectAttributes);
      const { checksum } = object;
      return {
        LastModified: new Date(object.at),
        ...printVersionId(bucket, object.versionId),
        ...(asked.has("ETag") ? { ETag: object.eTag.replaceAll('"', "") } : {}),
        ...(asked.has("ObjectSize") ? { ObjectSize: object.sizeBytes } : {}),
        ...(asked.has("StorageClass") ? { StorageClass: object.storageClass as "STANDARD" } : {}),
        ...(asked.has("Checksum") && checksum !== undefined
          ? { Checksum: { ...printChecksum(checksum), ChecksumType: checksum.type } }
          : {}),
        ...(asked.has("ObjectParts") && object.parts !== undefined
          ? { ObjectParts: printParts(object, input.PartNumberMarker, input.MaxParts) }
          : {}),
      };
    },
  });
}

function printParts(
  { parts = [], checksum }: StoredObject,
  marker: string | undefined,
  max = 1000,
): NonNullable<OutputOf<"s3", "GetObjectAttributes">["ObjectParts"]> {
  const after = Number(marker ?? 0);
  const rest = parts.filter(({ number }) => number > after);
  const page = rest.slice(0, Math.min(Math.max(max, 0), 1000));
  // API Reference, GetObjectAttributes: the parts themselves are listed when they have checksums of their own.
  const hasChecksums = checksum?.type === "COMPOSITE";
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: page.length < rest.length,
    ...(hasChecksums
      ? {
          Parts: page.map((part) => ({
            PartNumber: part.number,
            Size: part.sizeBytes,
            ...(part.checksum === undefined
              ? {}
              : printChecksum({ algorithm: checksum.algorithm, value: part.checksum })),
          })),
        }
      : {}),
  };
}

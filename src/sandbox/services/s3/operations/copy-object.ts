import { type OutputOf } from "../../../../aws/index.ts";
import { type Need } from "../../../service.ts";
import { type Bucket } from "../bucket.ts";
import { type ChecksumAlgorithm } from "../checksum/checksum.ts";
import { printChecksum, readAlgorithm } from "../checksum/given-checksum.ts";
import { beginEncryption, chooseEncryption, openEncryption, printEncryption } from "../encryption/object-encryption.ts";
import { accessDenied, invalidArgument, invalidRequest, noSuchBucket } from "../errors.ts";
import { expirationOf } from "../lifecycle/expiration.ts";
import { announce } from "../notices/announce.ts";
import { checkNotArchived, findObject, readNeeds } from "../objects/find-object.ts";
import { readNewObject, type NewObjectInput, writeNeeds } from "../objects/new-object.ts";
import { type StoredObject } from "../objects/object-version.ts";
import { checkCopying, checkWriting } from "../objects/preconditions.ts";
import { requestBytesMax } from "../objects/receive-body.ts";
import { printVersionId, storeObject } from "../objects/store-object.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { noteWrite } from "../record-writes.ts";
import { current } from "./put-object.ts";

export function copyObject(s3: S3): S3Operation<"CopyObject"> {
  return onBucket(s3, "CopyObject", {
    needs: (input, bucket) => [
      ...sourceNeeds(s3, input),
      ...writeNeeds(bucket, input.Key ?? "", input, chooseEncryption(bucket, input)).map((need) => ({
        ...need,
        context: {
          ...need.context,
          "s3:x-amz-copy-source": input.CopySource ?? "",
          ...(input.MetadataDirective === undefined ? {} : { "s3:x-amz-metadata-directive": input.MetadataDirective }),
        },
      })),
    ],
    async answer(input, bucket, call) {
      const key = input.Key ?? "";
      const { source, sourceBucket } = findSource(s3, input);
      checkSource(source, input);
      checkWriting(current(s3, bucket.name, key), key, { ifMatch: input.IfMatch, ifNoneMatch: input.IfNoneMatch });
      const choice = chooseEncryption(bucket, input);
      checkChange(source, bucket, key, input);
      if (source.sizeBytes > requestBytesMax) {
        throw invalidRequest(
          "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120",
        );
      }
      const about = readNewObject(bucket, call, inherited(source, input), s3.world.accounts);
      const sourceKey = await openEncryption(s3, call, sourceBucket, source.encryption);
      const { encryption, dataKey } = await beginEncryption(s3, call, bucket, key, choice);
      const algorithm = checksumOf(source, input.ChecksumAlgorithm);
      const body = await s3.bytes.read(source.pieces, sourceKey, { start: 0, end: source.sizeBytes });
      const written = await s3.bytes.write(body, { algorithms: [algorithm], dataKey, sizeBytesMax: requestBytesMax });
      const checksum = { algorithm, value: written.checksums.get(algorithm) ?? "", type: "FULL_OBJECT" as const };
      const object = await storeObject(s3, bucket.name, {
        ...about,
        tags: input.TaggingDirective === "REPLACE" ? about.tags : source.tags,
        key,
        at: s3.world.clock.now(),
        eTag: `"${encryption.kind === "AES256" ? written.md5 : written.storedMd5}"`,
        sizeBytes: written.piece.sizeBytes,
        pieces: [written.piece],
        checksum,
        encryption,
      });
      noteWrite(call, bucket, object, { isDefault: choice.isDefault });
      await announce(s3, call, bucket, "ObjectCreated:Copy", object);
      return {
        CopyObjectResult: {
          ETag: object.eTag,
          LastModified: new Date(object.at),
          ChecksumType: checksum.type,
          ...printChecksum(checksum),
        },
        ...(sourceBucket.versioning === undefined ? {} : { CopySourceVersionId: source.versionId }),
        ...printEncryption(encryption),
        ...printVersionId(bucket, object.versionId),
        ...expirationOf(bucket, object),
      } satisfies Partial<OutputOf<"s3", "CopyObject">>;
    },
  });
}

interface SourceInput {
  readonly CopySource?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

/** What reading the source of a copy needs, its tags too where they are copied. */
export function sourceNeeds(
  s3: S3,
  input: SourceInput & { readonly TaggingDirective?: string | undefined },
): readonly Need[] {
  const { bucket, ...wanted } = readSource(s3, input);
  const found = readNeeds(s3, bucket, wanted, { latest: "s3:GetObject", version: "s3:GetObjectVersion" });
  const object = wanted.VersionId === undefined ? current(s3, bucket.name, wanted.Key) : undefined;
  const hasTags = (object?.tags.length ?? 0) > 0 && input.TaggingDirective !== "REPLACE";
  return hasTags
    ? [
        ...found,
        ...readNeeds(s3, bucket, wanted, { latest: "s3:GetObjectTagging", version: "s3:GetObjectVersionTagging" }),
      ]
    : found;
}

export function findSource(
  s3: S3,
  input: SourceInput,
): { readonly source: StoredObject; readonly sourceBucket: Bucket } {
  const { bucket, ...wanted } = readSource(s3, input);
  if (input.ExpectedSourceBucketOwner !== undefined && input.ExpectedSourceBucketOwner !== bucket.ownerId) {
    throw accessDenied();
  }
  if (input.CopySourceSSECustomerAlgorithm !== undefined) {
    throw invalidRequest("The encryption parameters are not applicable to this object.");
  }
  const source = findObject(s3, bucket, wanted);
  checkNotArchived(source);
  return { source, sourceBucket: bucket };
}

export function checkSource(source: StoredObject, input: SourceInput): void {
  checkCopying(source, {
    ifMatch: input.CopySourceIfMatch,
    ifNoneMatch: input.CopySourceIfNoneMatch,
    ifModifiedSince: input.CopySourceIfModifiedSince,
    ifUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
}

/** `bucket/key?versionId=…`, with or without a slash before it, percent-encoded. API Reference, CopyObject. */
function readSource(
  s3: S3,
  { CopySource: text = "" }: SourceInput,
): { readonly bucket: Bucket; readonly Key: string; readonly VersionId: string | undefined } {
  const bad = () =>
    invalidArgument(
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
      "x-amz-copy-source",
      text.slice(0, 200),
    );
  if (text.startsWith("arn:")) throw bad();
  const [path = "", versionId] = text.split("?versionId=", 2);
  let name: string;
  try {
    name = decodeURIComponent(path.replaceAll("+", "%20")).replace(/^\//, "");
  } catch {
    throw bad();
  }
  const slash = name.indexOf("/");
  if (slash <= 0 || slash === name.length - 1) throw bad();
  const bucket = s3.buckets.get(name.slice(0, slash));
  if (bucket === undefined) throw noSuchBucket(name.slice(0, slash));
  return { bucket, Key: name.slice(slash + 1), VersionId: versionId };
}

type CopyInput = NewObjectInput & {
  readonly MetadataDirective?: string | undefined;
  readonly TaggingDirective?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
};

/** A copy takes over what describes its source, unless the request replaces it; never its ACL or lock. */
function inherited(source: StoredObject, input: CopyInput): NewObjectInput {
  const directive = input.MetadataDirective ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw invalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", directive);
  }
  const given = input.TaggingDirective === "REPLACE" ? input : { ...input, Tagging: undefined };
  if (directive === "REPLACE") return given;
  const { headers } = source;
  return {
    ...given,
    ContentType: headers.contentType,
    ContentEncoding: headers.contentEncoding,
    ContentLanguage: headers.contentLanguage,
    ContentDisposition: headers.contentDisposition,
    CacheControl: headers.cacheControl,
    Expires: headers.expires,
    Metadata: source.metadata,
  };
}

function checkChange(source: StoredObject, bucket: Bucket, key: string, input: CopyInput): void {
  const changes = [
    input.MetadataDirective === "REPLACE",
    input.StorageClass,
    input.ServerSideEncryption,
    input.WebsiteRedirectLocation,
  ];
  const isItself = source.bucket === bucket.name && source.key === key && source.versionId === "null";
  if (isItself && !changes.some((change) => change !== undefined && change !== false)) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
}

function checksumOf(source: StoredObject, given: string | undefined): ChecksumAlgorithm {
  return given === undefined ? (source.checksum?.algorithm ?? "CRC64NVME") : readAlgorithm(given);
}

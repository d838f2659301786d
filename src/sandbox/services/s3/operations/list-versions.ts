import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { invalidArgument } from "../errors.ts";
import { byteOrder } from "../objects/byte-order.ts";
import { type ObjectVersion } from "../objects/object-version.ts";
import { keyPrinter } from "../objects/url-encoding.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";
import { listNeed, readListInput } from "./list-objects.ts";

export function listObjectVersions(s3: S3): S3Operation<"ListObjectVersions"> {
  return onBucket(s3, "ListObjectVersions", {
    needs: (input, bucket) => [listNeed(bucket, "s3:ListBucketVersions", input)],
    answer(input, bucket) {
      const { KeyMarker: keyMarker = "", VersionIdMarker: versionIdMarker } = input;
      if (versionIdMarker !== undefined && versionIdMarker !== "" && keyMarker === "") {
        throw invalidArgument(
          "A version-id marker cannot be specified without a key marker.",
          "version-id-marker",
          versionIdMarker,
        );
      }
      const request = readListInput(input);
      const print = keyPrinter(input.EncodingType);
      const marker =
        versionIdMarker === undefined || versionIdMarker === ""
          ? undefined
          : s3.objects.version(bucket.name, keyMarker, versionIdMarker);
      if (versionIdMarker !== undefined && versionIdMarker !== "" && marker === undefined) {
        throw invalidArgument("Invalid version id specified", "version-id-marker", versionIdMarker.slice(0, 200));
      }
      const page = versionsPage(s3.objects.versions(bucket.name, request.prefix), {
        ...request,
        after: keyMarker,
        afterSequence: marker?.sequence,
      });
      const printVersion = (version: ObjectVersion) => ({
        Key: print(version.key),
        VersionId: version.versionId,
        IsLatest: s3.objects.isLatest(version),
        LastModified: new Date(version.at),
        Owner: { ID: canonicalIdOf(version.ownerId) },
      });
      const versions = page.items.flatMap((version) =>
        version.isDeleteMarker
          ? []
          : [
              {
                ...printVersion(version),
                ETag: version.eTag,
                Size: version.sizeBytes,
                StorageClass: version.storageClass as "STANDARD",
                ...(version.checksum === undefined
                  ? {}
                  : { ChecksumAlgorithm: [version.checksum.algorithm], ChecksumType: version.checksum.type }),
              },
            ],
      );
      const markers = page.items.filter(({ isDeleteMarker }) => isDeleteMarker).map(printVersion);
      return {
        Name: bucket.name,
        Prefix: print(request.prefix),
        KeyMarker: print(keyMarker),
        VersionIdMarker: versionIdMarker ?? "",
        MaxKeys: request.max,
        IsTruncated: page.next !== undefined,
        ...(request.delimiter === "" ? {} : { Delimiter: print(request.delimiter) }),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        ...(versions.length === 0 ? {} : { Versions: versions }),
        ...(markers.length === 0 ? {} : { DeleteMarkers: markers }),
        ...(page.commonPrefixes.length === 0
          ? {}
          : { CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: print(prefix) })) }),
        ...(page.next === undefined
          ? {}
          : {
              NextKeyMarker: print(page.next.key),
              ...(page.next.versionId === undefined ? {} : { NextVersionIdMarker: page.next.versionId }),
            }),
      };
    },
  });
}

interface VersionsPage {
  readonly items: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  /** Where the page ends, when more follows. */
  readonly next: { readonly key: string; readonly versionId?: string } | undefined;
}

/** As a page of keys, but that it may end between two versions of one. */
function versionsPage(
  versions: Iterable<ObjectVersion>,
  request: {
    readonly prefix: string;
    readonly delimiter: string;
    readonly max: number;
    readonly after: string;
    /** Go on after this version of the key; else after the key with all its versions. */
    readonly afterSequence: number | undefined;
  },
): VersionsPage {
  const { prefix, delimiter, max, after, afterSequence } = request;
  const items: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  const from = byteOrder(after);
  let last: VersionsPage["next"];
  let rolledUp: string | undefined;
  if (max === 0) return { items, commonPrefixes, next: undefined };
  for (const version of versions) {
    if (rolledUp !== undefined && version.key.startsWith(rolledUp)) continue;
    const cut = delimiter === "" ? -1 : version.key.indexOf(delimiter, prefix.length);
    const name = cut < 0 ? version.key : version.key.slice(0, cut + delimiter.length);
    if (cut >= 0) rolledUp = name;
    const isLaterVersion = cut < 0 && name === after && afterSequence !== undefined && version.sequence < afterSequence;
    if (byteOrder(name) <= from && after !== "" && !isLaterVersion) continue;
    if (items.length + commonPrefixes.length === max) return { items, commonPrefixes, next: last };
    if (cut < 0) items.push(version);
    else commonPrefixes.push(name);
    last = cut < 0 ? { key: name, versionId: version.versionId } : { key: name };
  }
  return { items, commonPrefixes, next: undefined };
}

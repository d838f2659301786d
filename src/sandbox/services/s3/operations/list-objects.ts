import { type OutputOf } from "../../../../aws/index.ts";
import { canonicalIdOf } from "../../../identity/unique-ids.ts";
import { type Bucket } from "../bucket.ts";
import { invalidArgument, notImplemented } from "../errors.ts";
import { bucketNeed } from "../need.ts";
import { listPage } from "../objects/list-page.ts";
import { type StoredObject } from "../objects/object-version.ts";
import { keyPrinter } from "../objects/url-encoding.ts";
import { onBucket, type S3, type S3Operation } from "../operation.ts";

interface ListInput {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly OptionalObjectAttributes?: readonly string[] | undefined;
}

export function listObjects(s3: S3): S3Operation<"ListObjects"> {
  return onBucket(s3, "ListObjects", {
    needs: (input, bucket) => [listNeed(bucket, "s3:ListBucket", input)],
    answer(input, bucket) {
      const request = readListInput(input);
      const print = keyPrinter(input.EncodingType);
      const page = listPage(s3.objects.objects(bucket.name, request.prefix), { ...request, after: input.Marker ?? "" });
      return {
        Name: bucket.name,
        Prefix: print(request.prefix),
        Marker: print(input.Marker ?? ""),
        MaxKeys: request.max,
        IsTruncated: page.isTruncated,
        ...listed(page, request.delimiter, print, (object) => printObject(object, print, true)),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        // API Reference, ListObjects: only told with a delimiter; else the last key does.
        ...(page.next === undefined || request.delimiter === "" ? {} : { NextMarker: print(page.next) }),
      };
    },
  });
}

export function listObjectsV2(s3: S3): S3Operation<"ListObjectsV2"> {
  return onBucket(s3, "ListObjectsV2", {
    needs: (input, bucket) => [listNeed(bucket, "s3:ListBucket", input)],
    answer(input, bucket) {
      const request = readListInput(input);
      const print = keyPrinter(input.EncodingType);
      const after =
        input.ContinuationToken === undefined ? (input.StartAfter ?? "") : readToken(input.ContinuationToken);
      const page = listPage(s3.objects.objects(bucket.name, request.prefix), { ...request, after });
      return {
        Name: bucket.name,
        Prefix: print(request.prefix),
        MaxKeys: request.max,
        KeyCount: page.items.length + page.commonPrefixes.length,
        IsTruncated: page.isTruncated,
        ...listed(page, request.delimiter, print, (object) => printObject(object, print, input.FetchOwner === true)),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        ...(input.StartAfter === undefined ? {} : { StartAfter: print(input.StartAfter) }),
        ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
        ...(page.next === undefined ? {} : { NextContinuationToken: printToken(page.next) }),
      };
    },
  });
}

export function listNeed(bucket: Bucket, action: string, input: ListInput): ReturnType<typeof bucketNeed> {
  return bucketNeed(bucket, action, {
    "s3:prefix": input.Prefix ?? "",
    "s3:delimiter": input.Delimiter,
    "s3:max-keys": input.MaxKeys,
  });
}

export function readListInput(input: ListInput): {
  readonly prefix: string;
  readonly delimiter: string;
  readonly max: number;
} {
  const { Prefix: prefix = "", Delimiter: delimiter = "" } = input;
  if ((input.OptionalObjectAttributes?.length ?? 0) > 0) throw notImplemented("x-amz-optional-object-attributes");
  return { prefix, delimiter, max: readMax(input.MaxKeys, "max-keys") };
}

/** At most 1,000, whatever is asked for. */
export function readMax(given: number | undefined, name: string): number {
  if (given === undefined) return 1000;
  if (!Number.isInteger(given) || given < 0 || given > 2 ** 31 - 1) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, String(given));
  }
  return Math.min(given, 1000);
}

export function printToken(key: string): string {
  return Buffer.from(`1${key}`, "utf8").toString("base64");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64").toString("utf8");
  if (!text.startsWith("1") || printToken(text.slice(1)) !== token) {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token.slice(0, 200));
  }
  return text.slice(1);
}

type ListedObject = NonNullable<OutputOf<"s3", "ListObjects">["Contents"]>[number];

function listed(
  page: { readonly items: readonly StoredObject[]; readonly commonPrefixes: readonly string[] },
  delimiter: string,
  print: (key: string) => string,
  printItem: (object: StoredObject) => ListedObject,
): { Contents?: ListedObject[]; CommonPrefixes?: { Prefix: string }[]; Delimiter?: string } {
  return {
    ...(page.items.length === 0 ? {} : { Contents: page.items.map(printItem) }),
    ...(page.commonPrefixes.length === 0
      ? {}
      : { CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: print(prefix) })) }),
    ...(delimiter === "" ? {} : { Delimiter: print(delimiter) }),
  };
}

function printObject(object: StoredObject, print: (key: string) => string, hasOwner: boolean): ListedObject {
  return {
    Key: print(object.key),
    LastModified: new Date(object.at),
    ETag: object.eTag,
    Size: object.sizeBytes,
    StorageClass: object.storageClass as "STANDARD",
    ...(object.checksum === undefined
      ? {}
      : { ChecksumAlgorithm: [object.checksum.algorithm], ChecksumType: object.checksum.type }),
    ...(hasOwner ? { Owner: { ID: canonicalIdOf(object.ownerId) } } : {}),
  };
}

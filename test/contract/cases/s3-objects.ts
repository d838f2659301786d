import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { bucketOf } from "./trail-setting.ts";

const api = (operation: string) => `S3 API Reference, ${operation}`;

async function bucketWith(aws: Aws, ...keys: readonly string[]): Promise<string> {
  const Bucket = await bucketOf(aws);
  for (const Key of keys) await aws.call("s3", "PutObject", { Bucket, Key, Body: `of ${Key}` });
  return Bucket;
}

async function bodyOf(
  aws: Aws,
  input: { Bucket: string; Key: string; VersionId?: string; Range?: string },
): Promise<string> {
  const { Body } = await aws.call("s3", "GetObject", input);
  return (await Body?.transformToString()) ?? "";
}

export const s3ObjectCases = defineCases([
  {
    name: "an object comes back with its type, encoding, metadata and ETag",
    source: api("PutObject and GetObject"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const { ETag } = await aws.call("s3", "PutObject", {
        Bucket,
        Key: "a",
        Body: "hello",
        ContentType: "application/json",
        ContentEncoding: "gzip",
        Metadata: { signature: "00ff", "Mixed-Case": "x" },
      });
      const found = await aws.call("s3", "GetObject", { Bucket, Key: "a" });
      return {
        ETag,
        body: await found.Body?.transformToString(),
        type: found.ContentType,
        encoding: found.ContentEncoding,
        length: found.ContentLength,
        metadata: found.Metadata,
        isDated: found.LastModified instanceof Date,
        encryption: found.ServerSideEncryption,
      };
    },
    expected: {
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      body: "hello",
      type: "application/json",
      encoding: "gzip",
      length: 5,
      metadata: { signature: "00ff", "mixed-case": "x" },
      isDated: true,
      encryption: "AES256",
    },
  },
  {
    name: "an object that is not there is refused, with a body where there is one",
    source: api("GetObject, NoSuchKey, and HeadObject"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      return [
        await outcome(aws.call("s3", "GetObject", { Bucket, Key: "none" })),
        await outcome(aws.call("s3", "HeadObject", { Bucket, Key: "none" })),
        await outcome(aws.call("s3", "DeleteObject", { Bucket, Key: "none" })),
        await outcome(aws.call("s3", "CopyObject", { Bucket, Key: "a", CopySource: `${Bucket}/none` })),
        await outcome(aws.call("s3", "GetObjectTagging", { Bucket, Key: "none" })),
      ];
    },
    expected: ["NoSuchKey 404", "NotFound 404", "taken", "NoSuchKey 404", "NoSuchKey 404"],
  },
  {
    name: "a part of an object is given by its range, and none beyond its end",
    source: api("GetObject, Range"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "a");
      const input = { Bucket, Key: "a" };
      return [
        await bodyOf(aws, { ...input, Range: "bytes=0-1" }),
        await bodyOf(aws, { ...input, Range: "bytes=-1" }),
        (await aws.call("s3", "GetObject", { ...input, Range: "bytes=1-2" })).ContentRange,
        await outcome(aws.call("s3", "GetObject", { ...input, Range: "bytes=100-" })),
      ];
    },
    expected: ["of", "a", "bytes 1-2/4", "InvalidRange 416"],
  },
  {
    name: "an object is read, or not, by its ETag",
    source: api("GetObject, IfMatch and IfNoneMatch"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "a");
      const { ETag } = await aws.call("s3", "HeadObject", { Bucket, Key: "a" });
      return [
        await outcome(aws.call("s3", "GetObject", { Bucket, Key: "a", IfMatch: ETag })),
        await outcome(aws.call("s3", "GetObject", { Bucket, Key: "a", IfMatch: '"other"' })),
        (await outcome(aws.call("s3", "GetObject", { Bucket, Key: "a", IfNoneMatch: ETag }))).slice(-3),
        await outcome(aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "b", IfNoneMatch: "*" })),
      ];
    },
    expected: ["taken", "PreconditionFailed 412", "304", "PreconditionFailed 412"],
  },
  {
    name: "keys of all signs are kept as they are",
    source: 'S3 User Guide, "Naming Amazon S3 objects"',
    run: async (aws) => {
      const keys = ["a b", "a+b", "a%20b", "ä/ö", "a//b", "a/./b", "a&b=c?d#e", "日本"];
      const Bucket = await bucketWith(aws, ...keys);
      const { Contents = [] } = await aws.call("s3", "ListObjectsV2", { Bucket });
      const bodies = await Promise.all(keys.map((Key) => bodyOf(aws, { Bucket, Key })));
      return {
        listed: Contents.map(({ Key }) => Key),
        bodies: bodies.every((body, index) => body === `of ${keys[index]}`),
      };
    },
    expected: { listed: ["a b", "a%20b", "a&b=c?d#e", "a+b", "a/./b", "a//b", "ä/ö", "日本"], bodies: true },
  },
  {
    name: "a list comes in pages, in the order of the keys' bytes",
    source: api("ListObjectsV2"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "b", "a", "B", "c/1", "c/2");
      const pages: unknown[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await aws.call("s3", "ListObjectsV2", { Bucket, MaxKeys: 2, ContinuationToken });
        pages.push([page.Contents?.map(({ Key }) => Key), page.KeyCount, page.IsTruncated]);
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return pages;
    },
    expected: [
      [["B", "a"], 2, true],
      [["b", "c/1"], 2, true],
      [["c/2"], 1, false],
    ],
  },
  {
    name: "a list by delimiter tells folders once",
    source: api("ListObjectsV2, Delimiter"),
    run: async (aws) => {
      const Bucket = await bucketWith(
        aws,
        "AWSLogs/1/CloudTrail/x",
        "AWSLogs/1/CloudTrail-Digest/y",
        "AWSLogs/2/z",
        "other",
      );
      const asked = async (Prefix: string) => {
        const {
          Contents = [],
          CommonPrefixes = [],
          KeyCount,
        } = await aws.call("s3", "ListObjectsV2", { Bucket, Prefix, Delimiter: "/" });
        return [Contents.map(({ Key }) => Key), CommonPrefixes.map(({ Prefix: found }) => found), KeyCount];
      };
      return [await asked(""), await asked("AWSLogs/"), await asked("AWSLogs/1/")];
    },
    expected: [
      [["other"], ["AWSLogs/"], 2],
      [[], ["AWSLogs/1/", "AWSLogs/2/"], 2],
      [[], ["AWSLogs/1/CloudTrail-Digest/", "AWSLogs/1/CloudTrail/"], 2],
    ],
  },
  {
    name: "a list begins after a key, and the older list after its marker",
    source: api("ListObjectsV2, StartAfter, and ListObjects, Marker"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "a", "b", "c");
      const newer = await aws.call("s3", "ListObjectsV2", { Bucket, StartAfter: "a" });
      const older = await aws.call("s3", "ListObjects", { Bucket, Marker: "b", MaxKeys: 1 });
      return [
        newer.Contents?.map(({ Key }) => Key),
        older.Contents?.map(({ Key }) => Key),
        older.IsTruncated,
        older.NextMarker,
      ];
    },
    expected: [["b", "c"], ["c"], false, null],
  },
  {
    name: "a list tells keys as they go in addresses when asked",
    source: api("ListObjectsV2, EncodingType"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "a b/ä+c");
      const { Contents = [], EncodingType } = await aws.call("s3", "ListObjectsV2", { Bucket, EncodingType: "url" });
      return [EncodingType, Contents.map(({ Key }) => Key)];
    },
    expected: ["url", ["a+b/%C3%A4%2Bc"]],
  },
  {
    name: "versions are kept, a delete only marks, and a version is read and deleted by its id",
    source: 'S3 User Guide, "Working with object versions"',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      await aws.call("s3", "PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
      const first = await aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "1" });
      const second = await aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "2" });
      const marker = await aws.call("s3", "DeleteObject", { Bucket, Key: "a" });
      const gone = await outcome(aws.call("s3", "GetObject", { Bucket, Key: "a" }));
      const old = await bodyOf(aws, { Bucket, Key: "a", VersionId: first.VersionId ?? "" });
      const ofMarker = await outcome(aws.call("s3", "GetObject", { Bucket, Key: "a", VersionId: marker.VersionId }));
      await aws.call("s3", "DeleteObject", { Bucket, Key: "a", VersionId: marker.VersionId });
      const back = await bodyOf(aws, { Bucket, Key: "a" });
      const { Versions = [], DeleteMarkers = [] } = await aws.call("s3", "ListObjectVersions", { Bucket });
      return {
        isMarker: marker.DeleteMarker,
        gone,
        old,
        ofMarker,
        back,
        versions: Versions.map(({ VersionId, IsLatest }) => [VersionId === second.VersionId ? 2 : 1, IsLatest]),
        markers: DeleteMarkers.length,
      };
    },
    expected: {
      isMarker: true,
      gone: "NoSuchKey 404",
      old: "1",
      ofMarker: "MethodNotAllowed 405",
      back: "2",
      versions: [
        [2, true],
        [1, false],
      ],
      markers: 0,
    },
  },
  {
    name: "several objects are deleted at once, and those that were not there too",
    source: api("DeleteObjects"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "a", "b", "c");
      const { Deleted = [], Errors = [] } = await aws.call("s3", "DeleteObjects", {
        Bucket,
        Delete: { Objects: [{ Key: "a" }, { Key: "b" }, { Key: "none" }] },
      });
      const { Contents = [] } = await aws.call("s3", "ListObjectsV2", { Bucket });
      return [Deleted.map(({ Key }) => Key).toSorted(), Errors, Contents.map(({ Key }) => Key)];
    },
    expected: [["a", "b", "none"], [], ["c"]],
  },
  {
    name: "a copy takes the metadata along, or new ones when asked",
    source: api("CopyObject, MetadataDirective"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      await aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "a", Metadata: { one: "1" }, ContentType: "text/x" });
      const CopySource = `${Bucket}/a`;
      await aws.call("s3", "CopyObject", { Bucket, Key: "b", CopySource });
      await aws.call("s3", "CopyObject", {
        Bucket,
        Key: "c",
        CopySource,
        MetadataDirective: "REPLACE",
        Metadata: { two: "2" },
      });
      const onItself = await outcome(aws.call("s3", "CopyObject", { Bucket, Key: "a", CopySource }));
      const asked = async (Key: string) => {
        const { Metadata, ContentType } = await aws.call("s3", "HeadObject", { Bucket, Key });
        return [Metadata, ContentType === "text/x"];
      };
      return [await asked("b"), await asked("c"), onItself];
    },
    expected: [[{ one: "1" }, true], [{ two: "2" }, false], "InvalidRequest 400"],
  },
  {
    name: "an object in parts is put together in their order",
    source: 'S3 User Guide, "Uploading and copying objects using multipart upload"',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const Key = "big";
      const { UploadId = "" } = await aws.call("s3", "CreateMultipartUpload", { Bucket, Key });
      const part = "a".repeat(5 * 1024 * 1024);
      const first = await aws.call("s3", "UploadPart", { Bucket, Key, UploadId, PartNumber: 1, Body: part });
      const second = await aws.call("s3", "UploadPart", { Bucket, Key, UploadId, PartNumber: 2, Body: "end" });
      const { Parts = [] } = await aws.call("s3", "ListParts", { Bucket, Key, UploadId });
      const { Uploads = [] } = await aws.call("s3", "ListMultipartUploads", { Bucket });
      const before = await outcome(aws.call("s3", "HeadObject", { Bucket, Key }));
      const MultipartUpload = {
        Parts: [
          { PartNumber: 1, ETag: first.ETag },
          { PartNumber: 2, ETag: second.ETag },
        ],
      };
      const { ETag = "" } = await aws.call("s3", "CompleteMultipartUpload", { Bucket, Key, UploadId, MultipartUpload });
      const { ContentLength } = await aws.call("s3", "HeadObject", { Bucket, Key });
      const end = await bodyOf(aws, { Bucket, Key, Range: "bytes=-4" });
      return {
        parts: Parts.map(({ PartNumber, Size }) => [PartNumber, Size]),
        uploads: Uploads.length,
        before,
        ETag: /^"[0-9a-f]{32}-2"$/.test(ETag),
        ContentLength,
        end,
      };
    },
    expected: {
      parts: [
        [1, 5_242_880],
        [2, 3],
      ],
      uploads: 1,
      before: "NotFound 404",
      ETag: true,
      ContentLength: 5_242_883,
      end: "aend",
    },
  },
  {
    name: "an object in parts is refused with small, missing or disordered parts",
    source: api("CompleteMultipartUpload, EntityTooSmall, InvalidPart and InvalidPartOrder"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const Key = "big";
      const { UploadId = "" } = await aws.call("s3", "CreateMultipartUpload", { Bucket, Key });
      const first = await aws.call("s3", "UploadPart", { Bucket, Key, UploadId, PartNumber: 1, Body: "small" });
      const second = await aws.call("s3", "UploadPart", { Bucket, Key, UploadId, PartNumber: 2, Body: "end" });
      const complete = (...Parts: { PartNumber: number; ETag?: string | undefined }[]) =>
        outcome(aws.call("s3", "CompleteMultipartUpload", { Bucket, Key, UploadId, MultipartUpload: { Parts } }));
      const [one, two] = [
        { PartNumber: 1, ETag: first.ETag },
        { PartNumber: 2, ETag: second.ETag },
      ];
      const outcomes = [
        await complete(one, two),
        await complete(two, one),
        await complete({ PartNumber: 3, ETag: first.ETag }),
      ];
      await aws.call("s3", "AbortMultipartUpload", { Bucket, Key, UploadId });
      return [...outcomes, await complete(one)];
    },
    expected: ["EntityTooSmall 400", "InvalidPartOrder 400", "InvalidPart 400", "NoSuchUpload 404"],
  },
  {
    name: "an object's tags come back",
    source: api("PutObjectTagging"),
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      await aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "a", Tagging: "one=1&two=2" });
      const { TagSet = [] } = await aws.call("s3", "GetObjectTagging", { Bucket, Key: "a" });
      const { TagCount } = await aws.call("s3", "GetObject", { Bucket, Key: "a" });
      await aws.call("s3", "DeleteObjectTagging", { Bucket, Key: "a" });
      const gone = await aws.call("s3", "GetObjectTagging", { Bucket, Key: "a" });
      return [TagSet.map(({ Key, Value }) => `${Key}=${Value}`).toSorted(), TagCount, gone.TagSet];
    },
    expected: [["one=1", "two=2"], 2, []],
  },
  {
    name: "an object's attributes are told",
    source: api("GetObjectAttributes"),
    run: async (aws) => {
      const Bucket = await bucketWith(aws, "a");
      const { ETag, ObjectSize, StorageClass } = await aws.call("s3", "GetObjectAttributes", {
        Bucket,
        Key: "a",
        ObjectAttributes: ["ETag", "ObjectSize", "StorageClass"],
      });
      return { ETag, ObjectSize, StorageClass };
    },
    expected: { ETag: "aa0570e2314a2417e9f2907e0466ba3b", ObjectSize: 4, StorageClass: "STANDARD" },
  },
  {
    name: "an object whose checksum is not what was said is refused",
    source: 'S3 User Guide, "Checking object integrity", BadDigest',
    run: async (aws) => {
      const Bucket = await bucketOf(aws);
      const put = (input: object) =>
        outcome(aws.call("s3", "PutObject", { Bucket, Key: "a", Body: "hello", ...input }));
      return [
        await put({ ChecksumSHA256: "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=" }),
        await put({ ChecksumSHA256: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }),
        await put({ ContentMD5: "XUFAKrxLKna5cZ2REBfFkg==" }),
        await put({ ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" }),
      ];
    },
    expected: ["taken", "BadDigest 400", "taken", "BadDigest 400"],
  },
  {
    name: "a locked version is not deleted before its day",
    source: 'S3 User Guide, "Locking objects with Object Lock"',
    run: async (aws) => {
      const Bucket = aws.name("bucket");
      await aws.call("s3", "CreateBucket", {
        Bucket,
        ObjectLockEnabledForBucket: true,
        CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
      });
      const { VersionId } = await aws.call("s3", "PutObject", {
        Bucket,
        Key: "a",
        Body: "a",
        ObjectLockMode: "COMPLIANCE",
        ObjectLockRetainUntilDate: new Date("2099-01-01T00:00:00Z"),
      });
      const { Retention } = await aws.call("s3", "GetObjectRetention", { Bucket, Key: "a" });
      return [Retention?.Mode, await outcome(aws.call("s3", "DeleteObject", { Bucket, Key: "a", VersionId }))];
    },
    expected: ["COMPLIANCE", "AccessDenied 403"],
  },
]);

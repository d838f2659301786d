import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readBody, refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";

test("an object comes back as it was put, with its headers, metadata, tags and ETag", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const put = await call(
    "PutObject",
    {
      Bucket,
      Key: "a b/ü.txt",
      ContentType: "text/plain",
      ContentEncoding: "aws-chunked,gzip",
      Metadata: { Origin: "here" },
      Tagging: "team=blue&cost=1",
      ChecksumAlgorithm: "CRC32",
    },
    { body: "123456789" },
  );
  assert.equal(put.ETag, '"25f9e794323b453885f5181f1b624d0b"');
  assert.equal(put.ChecksumCRC32, "y/Q5Jg==");
  assert.equal(put.ServerSideEncryption, "AES256");
  const got = await call("GetObject", { Bucket, Key: "a b/ü.txt", ChecksumMode: "ENABLED" });
  assert.equal(await readBody(got), "123456789");
  assert.equal(got.ContentType, "text/plain");
  assert.equal(got.ContentEncoding, "gzip");
  assert.deepEqual(got.Metadata, { origin: "here" });
  assert.equal(got.TagCount, 2);
  assert.equal(got.ContentLength, 9);
  assert.equal(got.ChecksumCRC32, "y/Q5Jg==");
  const tags = await call("GetObjectTagging", { Bucket, Key: "a b/ü.txt" });
  assert.deepEqual(tags.TagSet, [
    { Key: "team", Value: "blue" },
    { Key: "cost", Value: "1" },
  ]);
});

test("a range of bytes is answered as such; one past the end is refused (API Reference, GetObject)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key: "k" }, { body: "0123456789" });
  const table = [
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=4-", "456789", "bytes 4-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=8-100", "89", "bytes 8-9/10"],
    ["bytes=3-1", "0123456789", undefined],
    ["items=0-1", "0123456789", undefined],
  ] as const;
  for (const [Range, body, range] of table) {
    const got = await call("GetObject", { Bucket, Key: "k", Range });
    assert.equal(await readBody(got), body, Range);
    assert.equal(got.ContentRange, range, Range);
  }
  await assert.rejects(call("GetObject", { Bucket, Key: "k", Range: "bytes=10-" }), refusedWith("InvalidRange", 416));
});

test("what was changed on the way is refused and leaves nothing behind", async (t) => {
  const { call, world } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const wrong = [
    { ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" },
    { ChecksumSHA256: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
  ];
  for (const digest of wrong) {
    await assert.rejects(
      call("PutObject", { Bucket, Key: "k", ...digest }, { body: "not empty" }),
      refusedWith("BadDigest", 400),
    );
  }
  await assert.rejects(
    call(
      "PutObject",
      { Bucket, Key: "k", ChecksumAlgorithm: "CRC32" },
      { body: "x", trailers: new Map([["x-amz-checksum-crc32", "AAAAAA=="]]) },
    ),
    refusedWith("BadDigest", 400),
  );
  await assert.rejects(call("GetObject", { Bucket, Key: "k" }), refusedWith("NoSuchKey", 404));
  assert.deepEqual(filesOf(world.folder), []);
});

test("an object that is overwritten or deleted takes its bytes with it", async (t) => {
  const { call, world } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key: "k" }, { body: "one" });
  await call("PutObject", { Bucket, Key: "k" }, { body: "two" });
  assert.deepEqual(
    filesOf(world.folder).map((path) => readFileSync(path, "utf8")),
    ["two"],
  );
  await call("DeleteObject", { Bucket, Key: "k" });
  await call("DeleteObject", { Bucket, Key: "never there" });
  assert.deepEqual(filesOf(world.folder), []);
});

test("conditions on reading and writing hold or refuse (S3 User Guide, 'Conditional requests')", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const { ETag } = await call("PutObject", { Bucket, Key: "k", IfNoneMatch: "*" }, { body: "1" });
  await assert.rejects(
    call("PutObject", { Bucket, Key: "k", IfNoneMatch: "*" }, { body: "2" }),
    refusedWith("PreconditionFailed", 412),
  );
  await assert.rejects(
    call("PutObject", { Bucket, Key: "k", IfMatch: '"other"' }, { body: "2" }),
    refusedWith("PreconditionFailed", 412),
  );
  await call("PutObject", { Bucket, Key: "k", IfMatch: ETag }, { body: "1" });
  await call("GetObject", { Bucket, Key: "k", IfMatch: ETag });
  await assert.rejects(call("GetObject", { Bucket, Key: "k", IfMatch: "x" }), refusedWith("PreconditionFailed", 412));
  await assert.rejects(call("HeadObject", { Bucket, Key: "k", IfNoneMatch: ETag }), refusedWith("NotModified", 304));
  const later = new Date(Date.UTC(2030, 0));
  await assert.rejects(
    call("GetObject", { Bucket, Key: "k", IfModifiedSince: later }),
    refusedWith("NotModified", 304),
  );
});

test("an object under a KMS key lies encrypted, reads by parts of it, and not at all when the key is off", async (t) => {
  const { call, world, around } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const text = "secret ".repeat(1000);
  const put = await call(
    "PutObject",
    { Bucket, Key: "k", ServerSideEncryption: "aws:kms", SSEKMSKeyId: "one" },
    { body: text },
  );
  assert.equal(put.SSEKMSKeyId, "arn:aws:kms:us-east-1:111122223333:key/one");
  const [path = ""] = filesOf(world.folder);
  assert.equal(readFileSync(path).length, text.length);
  assert.ok(!readFileSync(path, "latin1").includes("secret"));
  assert.equal(await readBody(await call("GetObject", { Bucket, Key: "k" })), text);
  for (const [start, end] of [
    [0, 0],
    [5, 40],
    [15, 16],
    [6993, 6999],
  ] as const) {
    const got = await call("GetObject", { Bucket, Key: "k", Range: `bytes=${start}-${end}` });
    assert.equal(await readBody(got), text.slice(start, end + 1));
  }
  around.isKeyDisabled = true;
  await assert.rejects(call("GetObject", { Bucket, Key: "k" }), refusedWith("KMS.DisabledException", 400));
  await assert.rejects(
    call("PutObject", { Bucket, Key: "l", ServerSideEncryption: "aws:kms" }, { body: "x" }),
    refusedWith("KMS.DisabledException", 400),
  );
});

test("a copy takes over bytes, metadata and tags, or what is given instead", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key: "a/ö", ContentType: "text/css", Tagging: "a=1" }, { body: "body" });
  await call("CopyObject", { Bucket, Key: "b", CopySource: `/${Bucket}/a/${encodeURIComponent("ö")}` });
  const copy = await call("GetObject", { Bucket, Key: "b" });
  assert.equal(copy.ContentType, "text/css");
  assert.equal(copy.TagCount, 1);
  assert.equal(await readBody(copy), "body");
  await assert.rejects(
    call("CopyObject", { Bucket, Key: "b", CopySource: `${Bucket}/b` }),
    refusedWith("InvalidRequest", 400),
  );
  await call("CopyObject", {
    Bucket,
    Key: "b",
    CopySource: `${Bucket}/b`,
    MetadataDirective: "REPLACE",
    ContentType: "text/html",
  });
  assert.equal((await call("HeadObject", { Bucket, Key: "b" })).ContentType, "text/html");
  await assert.rejects(
    call("CopyObject", { Bucket, Key: "c", CopySource: `${Bucket}/gone` }),
    refusedWith("NoSuchKey", 404),
  );
});

test("what the sandbox does not do is refused, not passed over", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const refused = [
    [{ StorageClass: "OUTPOSTS" }, "NotImplemented"],
    [{ StorageClass: "NO_SUCH" }, "InvalidStorageClass"],
    [{ ServerSideEncryption: "aws:kms:dsse" }, "NotImplemented"],
    [{ SSECustomerAlgorithm: "AES256", SSECustomerKey: "x" }, "AccessDenied"],
    [{ ChecksumXXHASH64: "x" }, "NotImplemented"],
    [{ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: new Date(), ContentMD5: "x" }, "InvalidRequest"],
    [{ ACL: "public-read" }, "AccessControlListNotSupported"],
    [{ Tagging: "aws:mine=1" }, "InvalidTag"],
  ] as const;
  for (const [given, code] of refused) {
    await assert.rejects(
      call("PutObject", { Bucket, Key: "k", ...given } as never, { body: "x" }),
      refusedWith(code),
      JSON.stringify(given),
    );
  }
  await call("PutObject", { Bucket, Key: "k", ACL: "bucket-owner-full-control" }, { body: "x" });
});

function filesOf(folder: string): string[] {
  return readdirSync(join(folder, "s3"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

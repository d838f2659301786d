import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { readBody, refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";
const Key = "big";
const five = 5 * 1024 * 1024;

test("an object in parts is its parts in the order of their numbers, with S3's ETag of parts", async (t) => {
  const { call, world } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const { UploadId } = await call("CreateMultipartUpload", { Bucket, Key, ContentType: "text/plain", Tagging: "a=1" });
  const parts = [Buffer.alloc(five, "a"), Buffer.alloc(five + 1, "b"), Buffer.from("end")];
  const sent = new Map<number, string | undefined>();
  for (const number of [3, 1, 2]) {
    const { ETag } = await call(
      "UploadPart",
      { Bucket, Key, UploadId, PartNumber: number },
      { body: parts[number - 1] ?? "" },
    );
    sent.set(number, ETag);
  }
  // A part that is sent again takes the place of the first; one that is not named is thrown away.
  await call("UploadPart", { Bucket, Key, UploadId, PartNumber: 4 }, { body: "never used" });
  const listed = await call("ListParts", { Bucket, Key, UploadId, MaxParts: 2 });
  assert.deepEqual(
    listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
    [
      [1, five],
      [2, five + 1],
    ],
  );
  assert.equal(listed.IsTruncated, true);
  await assert.rejects(call("GetObject", { Bucket, Key }), refusedWith("NoSuchKey"));
  world.clock.advance(1000);
  const Parts = [1, 2, 3].map((PartNumber) => ({ PartNumber, ETag: sent.get(PartNumber) }));
  const done = await call("CompleteMultipartUpload", { Bucket, Key, UploadId, MultipartUpload: { Parts } });
  const md5 = createHash("md5");
  for (const part of parts) md5.update(createHash("md5").update(part).digest());
  assert.equal(done.ETag, `"${md5.digest("hex")}-3"`);
  const whole = await call("GetObject", { Bucket, Key });
  assert.equal(await readBody(whole), Buffer.concat(parts).toString());
  assert.equal(whole.ContentType, "text/plain");
  const across = await call("GetObject", { Bucket, Key, Range: `bytes=${five - 2}-${five + 1}` });
  assert.equal(await readBody(across), "aabb");
  const third = await call("GetObject", { Bucket, Key, PartNumber: 3 });
  assert.equal(await readBody(third), "end");
  assert.equal(third.PartsCount, 3);
  const attributes = await call("GetObjectAttributes", {
    Bucket,
    Key,
    ObjectAttributes: ["ObjectParts", "ObjectSize"],
  });
  assert.equal(attributes.ObjectParts?.TotalPartsCount, 3);
  assert.equal(attributes.ObjectSize, 2 * five + 4);
  await assert.rejects(call("ListParts", { Bucket, Key, UploadId }), refusedWith("NoSuchUpload", 404));
});

test("parts under a KMS key are encrypted, each for itself, and read as one", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const { UploadId } = await call("CreateMultipartUpload", { Bucket, Key, ServerSideEncryption: "aws:kms" });
  const Parts = [];
  for (const [index, body] of [Buffer.alloc(five, "x"), Buffer.from("tail")].entries()) {
    const PartNumber = index + 1;
    const { ETag } = await call("UploadPart", { Bucket, Key, UploadId, PartNumber }, { body });
    Parts.push({ PartNumber, ETag });
  }
  await call("CompleteMultipartUpload", { Bucket, Key, UploadId, MultipartUpload: { Parts } });
  const tail = await call("GetObject", { Bucket, Key, Range: "bytes=-7" });
  assert.equal(await readBody(tail), "xxxtail");
});

test("the checksum of the whole is reckoned over all bytes, or over the parts' checksums, as asked", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const body = "hello";
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  for (const [ChecksumType, wanted] of [
    ["FULL_OBJECT", crc.toString("base64")],
    ["COMPOSITE", `${compositeOf(crc)}-1`],
  ] as const) {
    const { UploadId } = await call("CreateMultipartUpload", { Bucket, Key, ChecksumAlgorithm: "CRC32", ChecksumType });
    const part = await call(
      "UploadPart",
      { Bucket, Key, UploadId, PartNumber: 1, ChecksumCRC32: crc.toString("base64") },
      { body },
    );
    const done = await call("CompleteMultipartUpload", {
      Bucket,
      Key,
      UploadId,
      MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 }] },
    });
    assert.equal(done.ChecksumCRC32, wanted);
    assert.equal(done.ChecksumType, ChecksumType);
  }
});

function compositeOf(crc: Buffer): string {
  const whole = Buffer.alloc(4);
  whole.writeUInt32BE(crc32(crc));
  return whole.toString("base64");
}

test("what cannot be joined is refused (API Reference, CompleteMultipartUpload)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const { UploadId } = await call("CreateMultipartUpload", { Bucket, Key });
  const one = await call("UploadPart", { Bucket, Key, UploadId, PartNumber: 1 }, { body: "small" });
  const two = await call("UploadPart", { Bucket, Key, UploadId, PartNumber: 2 }, { body: "small" });
  const first = { PartNumber: 1, ETag: one.ETag };
  const second = { PartNumber: 2, ETag: two.ETag };
  const table = [
    [[second, first], "InvalidPartOrder"],
    [[first, second], "EntityTooSmall"],
    [[{ PartNumber: 1, ETag: '"0"' }], "InvalidPart"],
    [[{ PartNumber: 9, ETag: one.ETag }], "InvalidPart"],
    [[], "MalformedXML"],
  ] as const;
  for (const [Parts, code] of table) {
    await assert.rejects(
      call("CompleteMultipartUpload", { Bucket, Key, UploadId, MultipartUpload: { Parts: [...Parts] } }),
      refusedWith(code),
    );
  }
  await assert.rejects(
    call("UploadPart", { Bucket, Key, UploadId, PartNumber: 10_001 }, { body: "" }),
    refusedWith("InvalidArgument"),
  );
  await call("AbortMultipartUpload", { Bucket, Key, UploadId });
  await assert.rejects(call("AbortMultipartUpload", { Bucket, Key, UploadId }), refusedWith("NoSuchUpload", 404));
});

test("uploads are listed by key and start, in pages", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  const made: string[] = [];
  for (const key of ["b", "a", "a", "c/1", "c/2"]) {
    const { UploadId = "" } = await call("CreateMultipartUpload", { Bucket, Key: key });
    made.push(UploadId);
  }
  const [b, a1, a2, c1, c2] = made;
  const all = await call("ListMultipartUploads", { Bucket });
  assert.deepEqual(
    all.Uploads?.map(({ UploadId }) => UploadId),
    [a1, a2, b, c1, c2],
  );
  const page = await call("ListMultipartUploads", { Bucket, MaxUploads: 1 });
  assert.deepEqual([page.IsTruncated, page.NextKeyMarker, page.NextUploadIdMarker], [true, "a", a1]);
  const next = await call("ListMultipartUploads", { Bucket, KeyMarker: "a", UploadIdMarker: a1, Delimiter: "/" });
  assert.deepEqual(
    next.Uploads?.map(({ UploadId }) => UploadId),
    [a2, b],
  );
  assert.deepEqual(next.CommonPrefixes, [{ Prefix: "c/" }]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";

/** Keys that share beginnings, with signs whose order differs between UTF-16 and UTF-8. */
const keys = fc.uniqueArray(
  fc.array(fc.constantFrom("a", "b", "/", "-", "ü", "\uffee", "😀", "logs/"), { minLength: 1, maxLength: 5 }),
  { maxLength: 25, selector: (parts) => parts.join("") },
);

const request = fc.record({
  prefix: fc.constantFrom("", "a", "logs/", "ü", "nowhere"),
  delimiter: fc.constantFrom("", "/", "-", "logs/"),
  max: fc.integer({ min: 1, max: 7 }),
});

/** What S3 says of a listing, said in the simplest way: everything at once, in the order of the bytes. */
function listNaively(all: readonly string[], prefix: string, delimiter: string): string[] {
  const names = all
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      return cut < 0 ? key : `${key.slice(0, cut)}${delimiter} (prefix)`;
    });
  return [...new Set(names)].sort((a, b) => Buffer.compare(Buffer.from(bare(a)), Buffer.from(bare(b))));
}

function bare(name: string): string {
  return name.replace(/ \(prefix\)$/, "");
}

interface Listed {
  readonly Contents?: { Key?: string | undefined }[] | undefined;
  readonly CommonPrefixes?: { Prefix?: string | undefined }[] | undefined;
}

function namesOf({ Contents, CommonPrefixes }: Listed): string[] {
  const names = [
    ...(Contents ?? []).map(({ Key = "" }) => Key),
    ...(CommonPrefixes ?? []).map(({ Prefix = "" }) => `${Prefix} (prefix)`),
  ];
  return names.sort((a, b) => Buffer.compare(Buffer.from(bare(a)), Buffer.from(bare(b))));
}

test("pages of either kind put together are all keys and prefixes, once, in the order of their bytes", async (t) => {
  const { call, s3 } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await fc.assert(
    fc.asyncProperty(keys, request, async (parts, { prefix, delimiter, max }) => {
      for (const version of [...s3.objects.versions(Bucket)]) s3.objects.remove(version);
      const all = parts.map((part) => part.join(""));
      for (const Key of all) await call("PutObject", { Bucket, Key });
      const wanted = listNaively(all, prefix, delimiter);
      const given = { Bucket, Prefix: prefix, Delimiter: delimiter, MaxKeys: max };

      const byToken: string[] = [];
      for (let token: string | undefined, more = true; more;) {
        const page = await call("ListObjectsV2", { ...given, ContinuationToken: token });
        const names = namesOf(page);
        assert.equal(page.KeyCount, names.length);
        assert.ok(names.length <= max);
        byToken.push(...names);
        token = page.NextContinuationToken;
        more = page.IsTruncated === true;
        assert.equal(more, token !== undefined);
      }
      assert.deepEqual(byToken, wanted);

      const byMarker: string[] = [];
      for (let marker: string | undefined, more = true; more;) {
        const page = await call("ListObjects", { ...given, Marker: marker });
        byMarker.push(...namesOf(page));
        marker = page.NextMarker ?? page.Contents?.at(-1)?.Key;
        more = page.IsTruncated === true;
      }
      assert.deepEqual(byMarker, wanted);
    }),
    { numRuns: 60, seed: 7 },
  );
});

test("keys are encoded where it is asked for, with plus for space and the slash as it is", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key: "a b/ü+*~.txt" });
  const listed = await call("ListObjectsV2", { Bucket, EncodingType: "url" });
  assert.equal(listed.Contents?.[0]?.Key, "a+b/%C3%BC%2B*%7E.txt");
});

test("wrong sizes and tokens of a page are refused (API Reference, ListObjectsV2)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  assert.equal((await call("ListObjectsV2", { Bucket, MaxKeys: 0 })).IsTruncated, false);
  assert.equal((await call("ListObjectsV2", { Bucket, MaxKeys: 5000 })).MaxKeys, 1000);
  await assert.rejects(call("ListObjectsV2", { Bucket, MaxKeys: -1 }), refusedWith("InvalidArgument"));
  await assert.rejects(call("ListObjectsV2", { Bucket, ContinuationToken: "x" }), refusedWith("InvalidArgument"));
  await assert.rejects(call("ListObjects", { Bucket: "no-such" }), refusedWith("NoSuchBucket", 404));
});

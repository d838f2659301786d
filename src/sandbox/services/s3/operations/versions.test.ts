import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readBody, refusedWith, testS3 } from "../s3.fixture.ts";

const Bucket = "company-logs";

/** S3's versions, said in the simplest way: for each key a list, the newest first. */
interface Version {
  readonly id: string;
  /** Undefined for a delete marker. */
  readonly body: string | undefined;
}

type Step =
  | { readonly do: "put" | "delete"; readonly key: string }
  | { readonly do: "delete-version"; readonly key: string; readonly at: number }
  | { readonly do: "set"; readonly status: "Enabled" | "Suspended" };

const key = fc.constantFrom("a", "a/b", "b");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("put" as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete-version" as const), key, at: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("set" as const), status: fc.constantFrom("Enabled", "Suspended") }),
  },
);

test("versions, delete markers and the version null are as in a simple model, whatever is done", async (t) => {
  const { call, s3, world } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      for (const version of [...s3.objects.versions(Bucket)]) s3.objects.remove(version);
      const { versioning: _versioning, ...bucket } = s3.buckets.get(Bucket) ?? assert.fail();
      s3.buckets.put(Bucket, bucket);
      const model = new Map<string, Version[]>();
      let status: "Enabled" | "Suspended" | undefined;
      for (const [index, one] of steps.entries()) {
        world.clock.advance(1000);
        if (one.do === "set") {
          status = one.status;
          await call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: status } });
          continue;
        }
        const before = model.get(one.key) ?? [];
        const withoutNull = status === "Enabled" ? before : before.filter(({ id }) => id !== "null");
        if (one.do === "put") {
          const body = `body ${index}`;
          const { VersionId } = await call("PutObject", { Bucket, Key: one.key }, { body });
          assert.equal(VersionId === undefined, status === undefined);
          model.set(one.key, [{ id: status === "Enabled" ? (VersionId ?? "") : "null", body }, ...withoutNull]);
        } else if (one.do === "delete") {
          const { VersionId, DeleteMarker } = await call("DeleteObject", { Bucket, Key: one.key });
          if (status === undefined) model.set(one.key, []);
          else {
            assert.equal(DeleteMarker, true);
            model.set(one.key, [{ id: VersionId ?? "", body: undefined }, ...withoutNull]);
          }
        } else if (one.do === "delete-version") {
          const version = before[one.at];
          if (version === undefined) continue;
          const done = await call("DeleteObject", { Bucket, Key: one.key, VersionId: version.id });
          assert.equal(done.DeleteMarker, version.body === undefined ? true : undefined);
          model.set(
            one.key,
            before.filter((other) => other !== version),
          );
        }
      }
      const listed = await call("ListObjectVersions", { Bucket });
      const found = [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])];
      for (const [Key, versions] of model) {
        const ids = found.filter((version) => version.Key === Key).map(({ VersionId = "" }) => VersionId);
        assert.deepEqual(ids.sort(), versions.map(({ id }) => id).sort());
        const latest = found.find((version) => version.Key === Key && version.IsLatest === true);
        assert.equal(latest?.VersionId, versions[0]?.id);
        if (versions[0]?.body !== undefined) {
          assert.equal(await readBody(await call("GetObject", { Bucket, Key })), versions[0].body);
        } else {
          await assert.rejects(call("GetObject", { Bucket, Key }), refusedWith("NoSuchKey", 404));
        }
        for (const { id, body } of versions) {
          const getting = call("GetObject", { Bucket, Key, VersionId: id });
          if (body === undefined) await assert.rejects(getting, refusedWith("MethodNotAllowed", 405));
          else assert.equal(await readBody(await getting), body);
        }
      }
      assert.equal(
        found.length,
        [...model.values()].reduce((sum, versions) => sum + versions.length, 0),
      );
    }),
    { numRuns: 60, seed: 3 },
  );
});

test("pages of versions put together are all versions, whatever their size", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  for (const Key of ["a", "a/1", "a/2", "b", "ü"]) {
    for (let count = 0; count < 3; count += 1) await call("PutObject", { Bucket, Key });
    await call("DeleteObject", { Bucket, Key });
  }
  const whole = await call("ListObjectVersions", { Bucket });
  const all = [...(whole.Versions ?? []), ...(whole.DeleteMarkers ?? [])].map(({ VersionId = "" }) => VersionId).sort();
  assert.equal(all.length, 20);
  for (const MaxKeys of [1, 2, 3, 7]) {
    const paged: string[] = [];
    for (let markers: { KeyMarker?: string; VersionIdMarker?: string } = {}, more = true; more;) {
      const page = await call("ListObjectVersions", { Bucket, MaxKeys, ...markers });
      paged.push(...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ VersionId = "" }) => VersionId));
      more = page.IsTruncated === true;
      markers = {
        ...(page.NextKeyMarker === undefined ? {} : { KeyMarker: page.NextKeyMarker }),
        ...(page.NextVersionIdMarker === undefined ? {} : { VersionIdMarker: page.NextVersionIdMarker }),
      };
    }
    assert.deepEqual(paged.sort(), all, `pages of ${MaxKeys}`);
  }
  const rolledUp = await call("ListObjectVersions", { Bucket, Delimiter: "/" });
  assert.deepEqual(rolledUp.CommonPrefixes, [{ Prefix: "a/" }]);
});

test("a bucket goes only when nothing is left in it, delete markers included (BucketNotEmpty)", async (t) => {
  const { call } = await testS3(t);
  await call("CreateBucket", { Bucket });
  await call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await call("PutObject", { Bucket, Key: "k" });
  await call("DeleteObject", { Bucket, Key: "k" });
  await assert.rejects(call("DeleteBucket", { Bucket }), refusedWith("BucketNotEmpty", 409));
  const { Versions = [], DeleteMarkers = [] } = await call("ListObjectVersions", { Bucket });
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  const deleted = await call("DeleteObjects", { Bucket, Delete: { Objects } });
  assert.equal(deleted.Deleted?.length, 2);
  await call("DeleteBucket", { Bucket });
  await assert.rejects(call("HeadBucket", { Bucket }), refusedWith("NoSuchBucket", 404));
});

test("of many objects to delete each is allowed or refused by itself, and each deletion has its own record", async (t) => {
  const s3 = await testS3(t);
  const { call, around } = s3;
  await call("CreateBucket", { Bucket });
  await call("PutObject", { Bucket, Key: "a" });
  await call("PutObject", { Bucket, Key: "b" });
  const done = await call("DeleteObjects", { Bucket, Delete: { Objects: [{ Key: "a" }, { Key: "gone" }] } });
  assert.deepEqual(done.Deleted, [{ Key: "a" }, { Key: "gone" }]);
  const records = s3.notes.flatMap(({ alsoRecord = [] }) => alsoRecord);
  assert.deepEqual(
    records.map(({ operation, input, note }) => [operation, input, note.resources?.[0]?.ARN]),
    [
      ["DeleteObject", { Bucket, Key: "a" }, `arn:aws:s3:::${Bucket}/a`],
      ["DeleteObject", { Bucket, Key: "gone" }, `arn:aws:s3:::${Bucket}/gone`],
    ],
  );
  around.refuses = (action) => action === "s3:DeleteObject";
  const refused = await call("DeleteObjects", { Bucket, Delete: { Objects: [{ Key: "b" }] } });
  assert.deepEqual(refused.Errors, [{ Key: "b", Code: "AccessDenied", Message: "not s3:DeleteObject" }]);
  await call("HeadObject", { Bucket, Key: "b" });
});

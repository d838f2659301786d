import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, dayMs, goodValues, nowAt, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import type { CheckContext } from "./check.ts";
import { bucketDeleted } from "./bucket-deleted.ts";

const names = Object.keys(goodValues).filter((name) => name.startsWith("bucket"));

function deleted(lastDeliveryAt: number | undefined, deliveryError = "NoSuchBucket"): CheckContext {
  const base = withNow(contextOf(), Object.fromEntries(names.map((name) => [name, undefined])));
  const { status } = base.now;
  assert.ok(status !== undefined);
  return { ...base, now: { ...base.now, status: { ...status, lastDeliveryAt, deliveryError } } };
}

test("the bucket is made again with its protection, its policy last", () => {
  const [drift] = bucketDeleted.find(deleted(nowAt));
  assert.deepEqual(
    drift?.steps.map(({ setting }) => setting),
    [
      ...["bucket", "bucket-public-access", "bucket-ownership", "bucket-encryption", "bucket-versioning"],
      ...["bucket-object-lock", "bucket-lifecycle", "bucket-policy"],
    ],
  );
  for (const { setting, after, isFresh } of drift?.steps ?? []) {
    assert.deepEqual(after, goodValues[setting]);
    assert.equal(isFresh === true, setting !== "bucket");
  }
});

for (const [what, lastDeliveryAt, told] of [
  ["days are left", nowAt - 4.5 * dayMs, /nothing after that is lost for 25 days yet$/],
  ["none is left", nowAt - 31 * dayMs, /the first log files after that are lost already$/],
  ["nobody knows", undefined, /When it last delivered is not known$/],
] as const) {
  test(`the retries of CloudTrail are counted: ${what}`, () => {
    const [drift] = bucketDeleted.find(deleted(lastDeliveryAt));
    assert.match(drift?.loss ?? "", told);
    assert.match(drift?.loss ?? "", /CloudTrail says NoSuchBucket; it tries for 30 days/);
  });
}

test("that CloudTrail has not noticed yet is told", () => {
  assert.match(bucketDeleted.find(deleted(nowAt, ""))[0]?.loss ?? "", /tells of no failed delivery yet/);
});

test("a bucket that the trail has left may be deleted", () => {
  const left = withNow(deleted(nowAt), { trail: { ...trailValue, bucket: "elsewhere" } });
  assert.deepEqual(bucketDeleted.find(left), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import { bucketReassigned } from "./bucket-reassigned.ts";

test("another bucket is followed, and the old one read until it is drained", () => {
  const [drift] = bucketReassigned.find(withNow(contextOf(), { trail: { ...trailValue, bucket: "elsewhere" } }));
  assert.equal(drift?.follows, true);
  assert.deepEqual(drift.steps, []);
  assert.match(drift.sentence, /into the bucket company-logs and delivers into the bucket elsewhere$/);
  assert.match(drift.help, /^the bucket elsewhere is read from now on, and the bucket company-logs until/i);
});

test("another prefix is another place as well", () => {
  const [drift] = bucketReassigned.find(withNow(contextOf(), { trail: { ...trailValue, prefix: "new" } }));
  assert.match(drift?.sentence ?? "", /delivers into the bucket company-logs below new$/);
});

test("the same bucket is none, nor a trail that is gone", () => {
  assert.deepEqual(bucketReassigned.find(contextOf()), []);
  assert.deepEqual(bucketReassigned.find(withNow(contextOf(), { trail: undefined })), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { agreeOnFollowed, agreeOnReadable } from "./agree-on-followed.ts";
import { roleWeakened } from "./role-weakened.ts";
import { contextOf, places, trailValue, wiring, withNow } from "./agreed-wiring.fixture.ts";

test("following a bucket does not agree on what else was changed", () => {
  const bucket = { ...places.bucket, arn: "arn:aws:s3:::elsewhere" };
  const base = withNow(contextOf(), {
    trail: { ...trailValue, bucket: "elsewhere", validatesLogFiles: false },
    "trail-logging": false,
    "bucket-versioning": undefined,
  });
  const now = { ...base.now, places: { ...places, bucket } };
  const agreed = agreeOnFollowed(base.agreed, now, { check: "bucket-reassigned", follows: true });
  assert.deepEqual(agreed.values.trail, { ...trailValue, bucket: "elsewhere" });
  assert.equal(agreed.values["trail-logging"], true);
  assert.equal("bucket-versioning" in agreed.values, false);
  assert.equal(agreed.places.bucket, bucket);
  assert.equal(agreed.places.trail, places.trail);
});

test("what could not be read of the followed part is not agreed on as absent", () => {
  const unread = [
    { setting: "topic-key", code: "AccessDenied", sentence: "No" },
    { setting: "queue", code: "AccessDenied", sentence: "No" },
  ] as const;
  const { "topic-key": _hidden, ...values } = wiring().values;
  const agreed = agreeOnFollowed(wiring(), wiring(values, { unread }), { check: "topic-changed", follows: true });
  assert.deepEqual(agreed.unread, [{ ...unread[0], code: "NotReadYet" }]);
  assert.ok(agreed.values.queue !== undefined);
});

test("a drift that is turned back changes no agreement", () => {
  const agreed = wiring();
  assert.equal(agreeOnFollowed(agreed, wiring({}), { check: "topic-changed" }), agreed);
});

test("what could be read before a part was followed is missed until it can be read there, then agreed on as it is", () => {
  const bucket = { ...places.bucket, arn: "arn:aws:s3:::elsewhere" };
  const { "bucket-lifecycle": rules, ...values } = wiring().values;
  const unread = [{ setting: "bucket-lifecycle", code: "AccessDenied", sentence: "No" }] as const;
  const elsewhere = { places: { ...places, bucket } };
  const now = wiring(values, { ...elsewhere, unread });
  const agreed = agreeOnFollowed(wiring(), now, { check: "bucket-reassigned", follows: true });
  assert.equal(roleWeakened.find(contextOf({ agreed, now })).length, 1);
  assert.equal(agreeOnReadable(agreed, now), agreed);
  const learned = agreeOnReadable(agreed, wiring(wiring().values, elsewhere));
  assert.deepEqual([learned.unread, learned.values["bucket-lifecycle"]], [[], rules]);
  assert.equal(agreeOnReadable(agreed, wiring()), agreed, "another bucket says nothing of this one");
});

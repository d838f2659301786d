import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, wiring, withNow } from "./agreed-wiring.fixture.ts";
import { rawDeliveryFlipped } from "./raw-delivery-flipped.ts";

test("raw delivery is turned back either way, and the loss told as it is", () => {
  for (const was of [true, false]) {
    const agreed = wiring({ ...wiring().values, subscription: { isRaw: was, filterPolicy: "" } });
    const now = withNow(contextOf({ agreed }), { subscription: { isRaw: !was, filterPolicy: "{}" } });
    const [drift] = rawDeliveryFlipped.find(now);
    assert.match(drift?.loss ?? "", /^Nothing here: both forms are read/);
    assert.deepEqual(drift?.steps[0]?.after, { isRaw: was, filterPolicy: "{}" });
    assert.equal(drift?.replays, undefined);
  }
});

test("a subscription that is gone, or to another topic, is another drift", () => {
  const base = withNow(contextOf(), { subscription: { isRaw: true, filterPolicy: "" } });
  const there = { ...base.now.places, subscription: { accountId: "1", region: "r", arn: "arn:other", to: "q" } };
  assert.deepEqual(rawDeliveryFlipped.find({ ...base, now: { ...base.now, places: there } }), []);
  assert.deepEqual(rawDeliveryFlipped.find(withNow(contextOf(), { subscription: undefined })), []);
});

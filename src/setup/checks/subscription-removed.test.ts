import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, places, withNow, wiring } from "./agreed-wiring.fixture.ts";
import { subscriptionRemoved } from "./subscription-removed.ts";

test("the queue is subscribed again as it was, and lost notices are looked up", () => {
  const raw = { isRaw: true, filterPolicy: "" };
  const agreed = wiring({ ...wiring().values, subscription: raw });
  const [drift] = subscriptionRemoved.find(withNow(contextOf({ agreed }), { subscription: undefined }));
  assert.equal(drift?.manner, "repair");
  assert.equal(drift.replays, true);
  const [step] = drift.steps;
  assert.deepEqual([step?.place, step?.before, step?.after], [places.subscription, null, raw]);
  assert.equal(drift.culprit.mentions[0], "company-trail");
});

test("a queue that never was subscribed has lost nothing", () => {
  const { subscription: _none, ...values } = wiring().values;
  const never = wiring(values);
  assert.deepEqual(subscriptionRemoved.find(contextOf({ agreed: never, now: never })), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import { trailSingleRegion } from "./trail-single-region.ts";

test("a trail made one of a single region records all again, global services too", () => {
  const now = { ...trailValue, isMultiRegion: false, hasGlobalEvents: false };
  const [drift] = trailSingleRegion.find(withNow(contextOf(), { trail: now }));
  assert.equal(drift?.sentence, "The trail main recorded all regions and records us-east-1 only");
  assert.match(drift.loss, /^Nothing is recorded in 1 other regions .*, nor of IAM, STS and CloudFront/);
  assert.deepEqual(drift.steps[0]?.after, trailValue);
});

test("a trail made one of all regions has not drifted", () => {
  const base = contextOf();
  const single = { ...trailValue, isMultiRegion: false };
  const agreed = { ...base.agreed, values: { ...base.agreed.values, trail: single } };
  assert.deepEqual(trailSingleRegion.find({ ...base, agreed }), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import { validationOff } from "./validation-off.ts";

test("digests are switched on again, and nothing else of the trail is changed", () => {
  const now = { ...trailValue, validatesLogFiles: false, logGroupArn: "arn:aws:logs:us-east-1:1:log-group:x:*" };
  const [drift] = validationOff.find(withNow(contextOf(), { trail: now }));
  assert.deepEqual(drift?.steps[0]?.after, { ...now, validatesLogFiles: true });
  assert.match(drift?.loss ?? "", /cannot be proved/);
});

test("a trail that never made digests, or makes them now, has not drifted", () => {
  const without = { ...trailValue, validatesLogFiles: false };
  const base = contextOf();
  const agreed = { ...base.agreed, values: { ...base.agreed.values, trail: without } };
  assert.deepEqual(validationOff.find(withNow({ ...base, agreed }, { trail: without })), []);
  assert.deepEqual(validationOff.find({ ...base, agreed }), []);
});

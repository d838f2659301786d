import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, withNow } from "./agreed-wiring.fixture.ts";
import { protectionRemoved } from "./protection-removed.ts";

test("suspended versioning is switched on again", () => {
  const [drift, ...more] = protectionRemoved.find(withNow(contextOf(), { "bucket-versioning": "Suspended" }));
  assert.deepEqual(more, []);
  assert.deepEqual([drift?.manner, drift?.steps[0]?.after], ["repair", "Enabled"]);
});

for (const [what, is, after] of [
  ["removed", undefined, { mode: "GOVERNANCE", days: 365 }],
  ["made shorter", { mode: "GOVERNANCE", days: 10 }, { mode: "GOVERNANCE", days: 365 }],
  ["made shorter and stricter", { mode: "COMPLIANCE", days: 10 }, { mode: "COMPLIANCE", days: 365 }],
] as const) {
  test(`a lock that was ${what} is put back only with a person's yes`, () => {
    const [drift] = protectionRemoved.find(withNow(contextOf(), { "bucket-object-lock": is }));
    assert.equal(drift?.manner, "propose");
    assert.deepEqual(drift.steps[0]?.after, after);
  });
}

test("a lock that anybody with the right may lift is weaker than one that nobody may", () => {
  const base = contextOf();
  const strict = { mode: "COMPLIANCE", days: 365 };
  const agreed = { ...base.agreed, values: { ...base.agreed.values, "bucket-object-lock": strict } };
  const [drift] = protectionRemoved.find({ ...base, agreed });
  assert.deepEqual(drift?.steps[0]?.after, strict);
});

test("a longer or stricter lock is no drift", () => {
  for (const lock of [
    { mode: "GOVERNANCE", days: 400 },
    { mode: "COMPLIANCE", days: 365 },
  ]) {
    assert.deepEqual(protectionRemoved.find(withNow(contextOf(), { "bucket-object-lock": lock })), []);
  }
});

test("a bucket that is gone, or another one, is another drift", () => {
  const none = { bucket: undefined, "bucket-versioning": undefined, "bucket-object-lock": undefined };
  const gone = withNow(contextOf(), none);
  assert.deepEqual(protectionRemoved.find(gone), []);
});

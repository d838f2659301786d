import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, places, policy, trailValue, withNow } from "./agreed-wiring.fixture.ts";
import { keyUnusable } from "./key-unusable.ts";

const statements = goodValues["key-policy"]["Statement"] as readonly Readonly<Record<string, unknown>>[];
const [owner = {}, encrypt = {}, describe = {}] = statements;

for (const [state, what] of [
  ["Disabled", /^Enable the key/],
  ["PendingDeletion", /^Cancel the deletion of the key/],
] as const) {
  test(`a key in the state ${state} is enabled`, () => {
    const [drift] = keyUnusable.find(withNow(contextOf(), { "key-state": state }));
    assert.equal(drift?.manner, "repair");
    assert.match(drift.steps[0]?.what ?? "", what);
    assert.equal(drift.steps[0]?.after, "Enabled");
    assert.equal(/nobody can ever again read/.test(drift.loss), state === "PendingDeletion");
  });
}

for (const state of [undefined, "Unavailable", "PendingImport"]) {
  test(`a key that is ${state ?? "gone"} can only be told`, () => {
    const [drift] = keyUnusable.find(withNow(contextOf(), { "key-state": state }));
    assert.deepEqual([drift?.manner, drift?.steps], ["tell", []]);
  });
}

test("a policy that keeps CloudTrail out is mended with a person's yes, the smallest way", () => {
  const [drift] = keyUnusable.find(withNow(contextOf(), { "key-policy": policy(owner, describe) }));
  assert.equal(drift?.manner, "propose");
  assert.deepEqual(drift.steps[0]?.after, policy(owner, describe, encrypt));
  assert.deepEqual(drift.culprit, { eventNames: ["PutKeyPolicy"], mentions: ["11111111-2222-3333-4444-555555555555"] });
});

test("state and policy are two drifts that can be told apart", () => {
  const drifts = keyUnusable.find(withNow(contextOf(), { "key-state": "Disabled", "key-policy": policy(owner) }));
  assert.equal(new Set(drifts.map(({ about }) => about)).size, 2);
});

test("the policy that a member's console writes is understood", () => {
  const pattern = { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*" };
  const usual = {
    ...encrypt,
    Action: ["kms:GenerateDataKey*", "kms:DescribeKey", "kms:Decrypt"],
    Condition: { StringLike: pattern, StringEquals: { "aws:SourceArn": places.trail.arn } },
  };
  const drifts = keyUnusable.find(withNow(contextOf(), { "key-policy": policy(owner, usual, describe) }));
  assert.deepEqual(drifts, []);
});

test("a key that the trail does not use any more may be off", () => {
  const free = withNow(contextOf(), { trail: { ...trailValue, keyArn: "" }, "key-state": "Disabled" });
  assert.deepEqual(keyUnusable.find(free), []);
});

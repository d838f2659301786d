import assert from "node:assert/strict";
import { test } from "node:test";
import { deliveredAt } from "./delivered-at.ts";

for (const [name, expected] of [
  ["s3://logs/a/111122223333_CloudTrail_eu-central-1_20261120T1005Z_Qx7bW2kL.json.gz", Date.UTC(2026, 10, 20, 10, 5)],
  [
    "111122223333_CloudTrail-Digest_eu-central-1_t_eu-central-1_20261120T100512Z.json.gz",
    Date.UTC(2026, 10, 20, 10, 5),
  ],
  ["s3://logs/a/111122223333_CloudTrail_eu-central-1_20261399T9905Z_Qx7bW2kL.json.gz", undefined],
  ["/home/events.json", undefined],
] as const) {
  test(`${name} was delivered at ${String(expected)}`, () => {
    assert.equal(deliveredAt(name), expected);
  });
}

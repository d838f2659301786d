import assert from "node:assert/strict";
import { test } from "node:test";
import type { SettingValues } from "../settings/values.ts";
import { contextOf, wiring, withNow } from "./agreed-wiring.fixture.ts";
import { lifecycleShortened } from "./lifecycle-shortened.ts";

type Rules = SettingValues["bucket-lifecycle"];
const rule = (Days: number) => ({ ID: "old", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days } });

function find(was: Rules | undefined, is: Rules | undefined, retentionDays: number | undefined) {
  const { "bucket-lifecycle": _rules, ...rest } = wiring().values;
  const agreed = wiring({ ...rest, ...(was === undefined ? {} : { "bucket-lifecycle": was }) });
  return lifecycleShortened.find(
    withNow(contextOf({ agreed, deployment: { retentionDays } }), { "bucket-lifecycle": is }),
  );
}

test("shorter than agreed on is put back with a person's yes", () => {
  const [drift] = find([rule(400)], [rule(370)], 365);
  assert.equal(drift?.manner, "propose");
  assert.equal(drift.sentence, "Log files in the bucket company-logs stay 370 days (before: 400 days)");
  assert.deepEqual(drift.steps[0]?.after, [rule(400)]);
});

test("shorter than promised is a drift even when it was agreed on", () => {
  const [drift] = find([rule(30)], [rule(30)], 365);
  assert.equal(drift?.sentence, "Log files in the bucket company-logs stay 30 days; 365 days are promised");
  assert.deepEqual(drift.steps[0]?.after, [rule(365)]);
});

test("a first rule that deletes is taken away where they stayed for ever", () => {
  const [drift] = find(undefined, [rule(4000)], 365);
  assert.match(drift?.sentence ?? "", /stay 4000 days \(before: for ever\)$/);
  assert.equal(drift?.steps[0]?.after, null);
});

test("longer, or no rules any more, is no drift", () => {
  assert.deepEqual(find([rule(400)], [rule(500)], 365), []);
  assert.deepEqual(find([rule(400)], undefined, 365), []);
  assert.deepEqual(find([rule(400)], [rule(400)], undefined), []);
});

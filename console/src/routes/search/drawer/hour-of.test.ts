import assert from "node:assert/strict";
import { test } from "node:test";
import { hourOf } from "./hour-of.ts";

const event = { account: "111122223333", region: "us-east-1" };
const deliveredAt = "2026-11-20T10:05:00.000Z";

test("a log file's hour is of the account and region in its name, not of the event's", () => {
  for (const organization of ["", "o-abc123/"]) {
    const name = `s3://logs/some/AWSLogs/${organization}444455556666/CloudTrail/eu-central-1/2026/11/20/file.json.gz`;
    assert.equal(hourOf({ name, deliveredAt }, event), "444455556666/eu-central-1/2026-11-20T10");
  }
});

test("a log file without a place in its name goes by the event, one without a time of delivery has no hour", () => {
  assert.equal(hourOf({ name: "/home/a.json", deliveredAt }, event), "111122223333/us-east-1/2026-11-20T10");
  assert.equal(hourOf({ name: "/home/a.json", deliveredAt: null }, event), undefined);
});

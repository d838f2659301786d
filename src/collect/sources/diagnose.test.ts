import assert from "node:assert/strict";
import { test } from "node:test";
import { AwsCallError } from "../../aws/index.ts";
import { diagnose } from "./diagnose.ts";
import { about, said, testCases } from "./diagnosing/told-cases.fixture.ts";

testCases([
  {
    what: "an answer that is new",
    error: said("sqs:ReceiveMessage", "BrandNewException", "Something new", { status: 418 }),
    code: "unknown",
    sentence: /trailwarden cannot be used: Something new$/,
  },
  { what: "something that is no error", error: "odd", code: "unknown", sentence: /cannot be used: odd$/ },
]);

test("what AWS says at any length stays short", () => {
  const finding = diagnose(said("sqs:ReceiveMessage", "New", "x".repeat(100_000)), about);
  assert.ok(JSON.stringify(finding).length < 2_000);
});

test("the clock is measured by the SDK's answer too", () => {
  const cause = Object.assign(new Error("…"), {
    name: "RequestTimeTooSkewed",
    $metadata: { httpStatusCode: 403 },
    $response: { headers: { date: "Sat, 21 Nov 2026 07:30:00 GMT" } },
  });
  const error = new AwsCallError({ service: "s3", operation: "ListObjectsV2" }, cause);
  const { sentence } = diagnose(error, { ...about, now: Date.parse("2026-11-21T08:30:00Z") });
  assert.equal(sentence, "The clock of this machine is 60 minutes ahead of AWS's");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeRange, fromInput, toInput } from "./ranges.ts";

test("a range is called by its usual name where it has one", () => {
  assert.equal(describeRange(undefined, undefined, "utc"), "All time");
  assert.equal(describeRange("now-7d", undefined, "utc"), "Last 7 days");
  assert.equal(describeRange("now-3d", undefined, "utc"), "Since now-3d");
  assert.equal(describeRange(undefined, "2020-01-02T03:04:05Z", "utc"), "Until 2 Jan 2020 03:04");
  assert.equal(
    describeRange("2020-01-02T03:04:05Z", "2020-01-02T05:00:00Z", "utc"),
    "2 Jan 2020 03:04 – 2 Jan 2020 05:00",
  );
});

test("an instant goes through the input and comes back the same, in either zone", () => {
  for (const zone of ["utc", "local"] as const) {
    for (const instant of ["2026-01-02T03:04:05.000Z", "2026-07-02T23:59:59.000Z"]) {
      assert.equal(fromInput(toInput(instant, zone), zone), instant);
    }
  }
});

test("what is no instant leaves the input empty, and an input half filled in gives none", () => {
  assert.equal(toInput("now-7d", "utc"), "");
  assert.equal(toInput(undefined, "utc"), "");
  assert.equal(fromInput("", "utc"), undefined);
  assert.equal(fromInput("2026-13", "utc"), undefined);
});

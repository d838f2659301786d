import assert from "node:assert/strict";
import { test } from "node:test";
import { describeRange, fromTyped, toTyped } from "./ranges.ts";

const now = Date.UTC(2026, 10, 20, 12);

test("a range is called by its usual name where it has one", () => {
  assert.equal(describeRange(undefined, undefined, "utc"), "All time");
  assert.equal(describeRange("now-7d", undefined, "utc"), "Last 7 days");
  assert.equal(describeRange("now-3d", undefined, "utc"), "Since now-3d");
  assert.equal(describeRange("2020-01", "2020-01-15", "local"), "2020-01 – 2020-01-15");
  assert.equal(describeRange(undefined, "2020-01-02T03:04:05Z", "utc"), "Until 2 Jan 2020 03:04");
  assert.equal(
    describeRange("2020-01-02T03:04:05Z", "2020-01-02T05:00:00Z", "utc"),
    "2 Jan 2020 03:04 – 2 Jan 2020 05:00",
  );
});

test("an instant goes through the input and comes back the same, in either zone", () => {
  for (const zone of ["utc", "local"] as const) {
    for (const instant of ["2026-01-02T03:04:05.000Z", "2026-07-02T23:59:59.000Z"]) {
      assert.equal(fromTyped(toTyped(instant, zone), zone, now), instant);
    }
  }
});

for (const [typed, expected] of [
  ["", undefined],
  ["2026-11-19 20:34", "2026-11-19T20:34:00.000Z"],
  [" 2026-11-19T20:34:52Z ", "2026-11-19T20:34:52.000Z"],
  ["2026-11-19T20:34:52+02:00", "2026-11-19T18:34:52.000Z"],
  ["2026-11-19", "2026-11-19"],
  ["now-3h", "now-3h"],
  ["yesterday", "yesterday"],
  ["2026-13-40", false],
  ["soon", false],
] as const) {
  test(`${JSON.stringify(typed)} is read as ${String(expected)}`, () => {
    assert.equal(fromTyped(typed, "utc", now), expected);
  });
}

test("words stay words in the input", () => {
  assert.equal(toTyped("now-7d", "utc"), "now-7d");
  assert.equal(toTyped("2026-11-19", "local"), "2026-11-19");
  assert.equal(toTyped(undefined, "utc"), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { firstEntries, readRoute } from "./route-entries.ts";

test("a form that nobody wrote in is the usual route, and one that was read is the same route again", () => {
  const first = readRoute(
    { ...firstEntries(undefined, "Europe/Berlin"), name: " on-call ", channels: ["pager"] },
    undefined,
  );
  assert.deepEqual(first, {
    name: "on-call",
    channels: ["pager"],
    kinds: [],
    severity: "high",
    quietSeverity: "critical",
    accountIds: [],
    rules: [],
    schedule: null,
    groupMs: 30_000,
    digestAt: [],
    isOn: true,
  });
  const hours = [
    { days: [1, 2], from: "08:00", to: "18:00" },
    { days: [6], from: "10:00", to: "12:00" },
  ];
  const whole = {
    ...first,
    schedule: { timeZone: "UTC", hours },
    digestAt: ["09:00"],
    accountIds: ["111122223333"],
    isOn: false,
  };
  assert.deepEqual(readRoute(firstEntries(whole, "Asia/Tokyo"), whole), whole);
});

test("accounts are read as people write them", () => {
  const entries = { ...firstEntries(undefined, "UTC"), accounts: "1111-2222-3333, 444455556666\n" };
  assert.deepEqual(readRoute(entries, undefined).accountIds, ["111122223333", "444455556666"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { NoticeRoute } from "../../../notify-api.ts";
import { daysWords, whatWords, whenWords } from "./route-words.ts";

const plain: NoticeRoute = {
  name: "all",
  channels: ["mail"],
  kinds: [],
  accountIds: [],
  rules: [],
  severity: "informational",
  schedule: null,
  groupMs: 0,
  digestAt: [],
  quietSeverity: "critical",
  isOn: true,
};
const workingHours = { timeZone: "Europe/Berlin", hours: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" }] };

test("a route says in words what it tells", () => {
  assert.equal(whatWords(plain), "everything");
  assert.equal(
    whatWords({ ...plain, kinds: ["incident", "finding"], severity: "high", accountIds: ["1", "2"], rules: ["a"] }),
    "incidents, findings, high or worse, of 2 accounts, by one rule",
  );
});

test("a route says in words when it tells", () => {
  assert.equal(whenWords(plain), "at once, day and night");
  assert.equal(whenWords({ ...plain, groupMs: 30_000 }), "within 30 s, day and night");
  assert.equal(
    whenWords({ ...plain, digestAt: ["09:00", "17:00"], schedule: workingHours }),
    "together at 09:00, 17:00, Mon to Fri 08:00–18:00 (Europe/Berlin); outside of that only what is critical",
  );
});

test("days are told as a stretch where they are one, and Sunday has two numbers", () => {
  assert.equal(daysWords([0, 1, 2, 3, 4, 5, 6]), "every day");
  assert.equal(daysWords([6, 0]), "Sat, Sun");
  assert.equal(daysWords([1, 3, 5]), "Mon, Wed, Fri");
});

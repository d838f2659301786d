import assert from "node:assert/strict";
import { test } from "node:test";
import { readSchedule } from "./schedule-expression.ts";

/** A Friday. */
const from = Date.UTC(2026, 10, 20, 12, 0, 30);

/** EventBridge User Guide, "Cron expressions" and "Rate expressions"; the examples there among them. */
const cases: readonly (readonly [text: string, next: string | undefined])[] = [
  ["rate(5 minutes)", "2026-11-20T12:05:30.000Z"],
  ["rate(1 hour)", "2026-11-20T13:00:30.000Z"],
  ["rate(7 days)", "2026-11-27T12:00:30.000Z"],
  ["cron(0 10 * * ? *)", "2026-11-21T10:00:00.000Z"],
  ["cron(15 12 * * ? *)", "2026-11-20T12:15:00.000Z"],
  ["cron(0 18 ? * MON-FRI *)", "2026-11-20T18:00:00.000Z"],
  ["cron(0 8 1 * ? *)", "2026-12-01T08:00:00.000Z"],
  ["cron(0/15 * * * ? *)", "2026-11-20T12:15:00.000Z"],
  ["cron(0/5 8-17 ? * MON-FRI *)", "2026-11-20T12:05:00.000Z"],
  ["cron(0 9 ? * 2#1 *)", "2026-12-07T09:00:00.000Z"],
  ["cron(0 9 L * ? *)", "2026-11-30T09:00:00.000Z"],
  ["cron(0 9 ? * 6L *)", "2026-11-27T09:00:00.000Z"],
  ["cron(0 9 21W * ? *)", "2026-12-21T09:00:00.000Z"],
  ["cron(0 9 22W * ? *)", "2026-11-23T09:00:00.000Z"],
  ["cron(0 0 29 FEB ? *)", "2028-02-29T00:00:00.000Z"],
  ["cron(0 0 1 1 ? 2030)", "2030-01-01T00:00:00.000Z"],
  ["cron(0 0 30 2 ? *)", undefined],
  ["cron(0 0 1 1 ? 2020)", undefined],
];

for (const [text, next] of cases) {
  test(`${text} comes next at ${next}`, () => {
    const at = readSchedule(text, from)?.after(from);
    assert.equal(at === undefined ? undefined : new Date(at).toISOString(), next);
  });
}

for (const text of [
  "rate(5 minute)",
  "rate(1 minutes)",
  "rate(0 minutes)",
  "rate(5 seconds)",
  "cron(0 10 * * * *)",
  "cron(0 10 ? * ? *)",
  "cron(60 10 * * ? *)",
  "cron(0 10 * * ?)",
  "cron(0 10 1-0 * ? *)",
  "at(2026-01-01)",
  "",
]) {
  test(`"${text}" is no schedule (EventBridge API Reference, PutRule)`, () => {
    assert.equal(readSchedule(text, from), undefined);
  });
}

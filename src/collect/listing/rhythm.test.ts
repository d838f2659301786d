import assert from "node:assert/strict";
import { test } from "node:test";

import { looksInADay } from "./rhythm.ts";

test("the looks of a day are those at today, yesterday, the week and the month", () => {
  const minute = 60_000;
  // every 15 minutes: today 96, yesterday 96, the day before 96; five days each hour 120; 23 days once 23
  assert.equal(looksInADay(15 * minute), 96 + 96 + 96 + 120 + 23);
  // every minute: today 1,440; yesterday six hours 360 and 18 hours every ten minutes 108; the day before 144; the same
  assert.equal(looksInADay(minute), 1_440 + 360 + 108 + 144 + 120 + 23);
  // once a day: 31 days
  assert.equal(looksInADay(24 * 60 * minute), 31);
});

test("digests, which come hourly, are looked for more rarely, and never more often than log files", () => {
  const minute = 60_000;
  // today every ten minutes 144; yesterday six times in its first hours, and each six hours 3; the day before 4; the
  // week once a day 5; the 23 days of the rest of the month once a week
  assert.equal(looksInADay(minute, "digests"), Math.round(144 + 6 + 3 + 4 + 5 + 23 / 7));
  assert.equal(looksInADay(15 * minute, "digests"), Math.round(96 + 6 + 3 + 4 + 5 + 23 / 7));
  assert.equal(looksInADay(24 * 60 * minute, "digests"), Math.round(8 + 23 / 7));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { hourMs, printHour, readIntegrityState, spanOf, stepSpan, widenSpan } from "./integrity-state.ts";

const newest = Date.UTC(2026, 10, 20, 12);
const words = ({ from, to }: { readonly from: number; readonly to: number }) => [printHour(from), printHour(to)];

test("the address says what is looked at, and odd addresses say nothing", () => {
  const cell = "111122223333/eu-central-1/2026-11-20T09";
  assert.deepEqual(
    readIntegrityState({ range: "1d", to: "2026-11-20T12", account: "1", rows: "problems", cell, tz: "local" }),
    {
      range: "1d",
      to: "2026-11-20T12",
      account: "1",
      region: undefined,
      rows: "problems",
      cell,
      tz: "local",
    },
  );
  for (const range of ["7d", "toString", 7, ""]) assert.equal(readIntegrityState({ range }).range, undefined);
  for (const to of ["2026-13-45T99", "2026-11-20", "now"]) assert.equal(readIntegrityState({ to }).to, undefined);
  for (const odd of ["a", "a/b/c/2026-11-20T09", 4]) assert.equal(readIntegrityState({ cell: odd }).cell, undefined);
});

test("a look ends with the newest hour, whole", () => {
  const day = spanOf({ range: "1d" }, newest, false);
  assert.deepEqual([...words(day), day.isNewest], ["2026-11-19T13", "2026-11-20T13", true]);
  assert.deepEqual(words(spanOf({}, newest, false)), ["2026-11-13T13", "2026-11-20T13"]);
});

test("a narrow window has cells of several hours, which begin at the same hours of every day", () => {
  const week = spanOf({}, newest, true);
  assert.equal(week.cellMs, 6 * hourMs);
  assert.deepEqual(words(week), ["2026-11-13T18", "2026-11-20T18"]);
});

test("a link to an hour long ago shows the days around it, and one to an hour in sight moves nothing", () => {
  const ago = spanOf({ range: "1d", cell: "1/eu-central-1/2026-03-02T09" }, newest, false);
  assert.deepEqual([...words(ago), ago.isNewest], ["2026-03-02T00", "2026-03-03T00", false]);
  const inSight = spanOf({ range: "1d", cell: "1/eu-central-1/2026-11-20T09" }, newest, false);
  assert.deepEqual(words(inSight), words(spanOf({ range: "1d" }, newest, false)));
});

test("steps go back and forth by what is shown, and end at the newest", () => {
  const first = spanOf({ range: "1d" }, newest, false);
  const { to } = stepSpan(first, -1, newest);
  assert.equal(to, "2026-11-19T13");
  const before = spanOf({ range: "1d", to }, newest, false);
  assert.equal(before.to, first.from);
  assert.equal(stepSpan(before, 1, newest).to, undefined);
  assert.deepEqual(words(spanOf({ range: "1d", to: "2031-01-01T00" }, newest, false)), words(first));
});

test("a look is told in longer cells where there are too many, and none of its time is lost", () => {
  const span = { from: 7 * hourMs, to: 31 * hourMs, cellMs: hourMs, isNewest: true };
  assert.equal(widenSpan(span, hourMs), span);
  assert.deepEqual(widenSpan(span, 6 * hourMs), { ...span, from: 6 * hourMs, to: 36 * hourMs, cellMs: 6 * hourMs });
});

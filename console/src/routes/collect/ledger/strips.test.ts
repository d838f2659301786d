import assert from "node:assert/strict";
import { test } from "node:test";
import type { LedgerHour } from "../../../collect-api.ts";
import { printCell, ranges, readCell, readLedgerState } from "./ledger-state.ts";
import { spanOf, stripsOf } from "./strips.ts";

const hourMs = 3_600_000;
const now = Date.UTC(2026, 10, 20, 12, 30);

function makeHour(hoursAgo: number, counts: Partial<LedgerHour>): LedgerHour {
  const known = counts.known ?? 0;
  return {
    accountId: "111122223333",
    region: "eu-central-1",
    kind: "CloudTrail",
    hour: new Date(Math.floor(now / hourMs) * hourMs - hoursAgo * hourMs).toISOString(),
    known,
    noticed: known,
    listed: 0,
    named: 0,
    read: 0,
    failing: 0,
    leftOut: 0,
    ...counts,
  };
}

function spanFor(range: keyof typeof ranges, hours: readonly LedgerHour[] = []) {
  const { spanMs, cellMs } = ranges[range];
  return spanOf(hours, { spanMs, cellMs: cellMs.wide }, now);
}

function statesOf(hours: readonly LedgerHour[], range: keyof typeof ranges = "1d") {
  const strips = stripsOf(hours, spanFor(range, hours), now);
  return strips.map(({ cells }) => cells.map(({ state }) => state));
}

test("an hour is complete, waited for, missing or failing; the worst of its log files speaks for it", () => {
  const [states = []] = statesOf([
    makeHour(0, { known: 4, read: 3 }),
    makeHour(1, { known: 4, read: 4 }),
    makeHour(2, { known: 4, read: 3 }),
    makeHour(3, { known: 4, read: 2, failing: 1 }),
    makeHour(4, { known: 0, leftOut: 3 }),
    makeHour(5, { known: 1, read: 1 }),
    makeHour(5, { kind: "CloudTrail-Insight", known: 1, read: 0, failing: 1 }),
  ]);
  assert.equal(states.length, 24);
  assert.deepEqual(states.slice(-7), ["empty", "failing", "empty", "failing", "missing", "complete", "waiting"]);
});

test("accounts and regions have a strip each, in order", () => {
  const hours = [
    makeHour(0, { accountId: "444455556666", known: 1 }),
    makeHour(1, { region: "us-east-1", known: 1 }),
    makeHour(1, { known: 2, read: 1 }),
  ];
  const strips = stripsOf(hours, spanFor("1d", hours), now);
  assert.deepEqual(
    strips.map(({ accountId, region, known, read }) => [accountId, region, known, read]),
    [
      ["111122223333", "eu-central-1", 2, 1],
      ["111122223333", "us-east-1", 1, 0],
      ["444455556666", "eu-central-1", 1, 0],
    ],
  );
});

test("a longer time has cells of several hours, which begin at the same hours of every day", () => {
  const span = spanFor("7d");
  assert.equal((span.to - span.from) / span.cellMs, 42);
  assert.equal(new Date(span.to).toISOString(), "2026-11-20T16:00:00.000Z");
  const [states = []] = statesOf([makeHour(0, { known: 1, read: 1 }), makeHour(2, { known: 1 })], "7d");
  assert.deepEqual(states.slice(-3), ["empty", "missing", "complete"]);
});

test("hours ahead of this machine's clock are shown, and not taken for late", () => {
  const ahead = [makeHour(-30, { known: 2, read: 1 }), makeHour(0, { known: 1, read: 1 })];
  const [states = []] = statesOf(ahead);
  assert.equal(states.at(-1), "waiting");
  assert.equal(states.length, 24);
});

test("the address says what is looked at, and odd addresses say nothing", () => {
  assert.deepEqual(readLedgerState({ range: "7d", account: "1", tz: "local", cell: "a" }), {
    source: undefined,
    account: "1",
    region: undefined,
    range: "7d",
    cell: "a",
    tz: "local",
  });
  for (const range of ["1d", "toString", 7, ""]) assert.equal(readLedgerState({ range }).range, undefined);
  const place = { accountId: "111122223333", region: "eu-central-1", from: Date.UTC(2026, 10, 20, 9) };
  assert.deepEqual(readCell(printCell(place)), place);
  for (const text of [undefined, "", "a/b", "a/b/2026-13-45T99", "a/b/c/2026-11-20T09"])
    assert.equal(readCell(text), undefined);
});

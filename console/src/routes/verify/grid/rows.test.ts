import assert from "node:assert/strict";
import { test } from "node:test";
import type { GridCell } from "../../../verify-api.ts";
import { formatDay } from "../../../parts/instants.ts";
import { hourMs } from "../integrity-state.ts";
import { dayStarts, isProblem, rowsOf } from "./rows.ts";
import { cellWords } from "./standing-words.ts";

const from = Date.UTC(2026, 10, 20);
const span = { from, to: from + 24 * hourMs, cellMs: hourMs, isNewest: true };

function makeCell(hour: number, standing: GridCell["standing"], more: Partial<GridCell> = {}): GridCell {
  const at = new Date(from + hour * hourMs).toISOString();
  return { account: "111122223333", region: "eu-central-1", hour: at, standing, logFiles: {}, digests: 0, ...more };
}

test("accounts and regions have a row each, in order, and hours outside the look are left out", () => {
  const rows = rowsOf(
    [
      makeCell(3, "proven", { account: "444455556666" }),
      makeCell(2, "waiting", { region: "us-east-1" }),
      makeCell(2, "proven"),
      makeCell(-1, "broken"),
      makeCell(24, "broken"),
    ],
    span,
  );
  assert.deepEqual(
    rows.map(({ accountId, region, worst }) => [accountId, region, worst]),
    [
      ["111122223333", "eu-central-1", "proven"],
      ["111122223333", "us-east-1", "waiting"],
      ["444455556666", "eu-central-1", "proven"],
    ],
  );
  assert.deepEqual(
    rows[0]?.cells.slice(0, 4).map(({ standing }) => standing),
    ["nothing", "nothing", "proven", "nothing"],
  );
});

test("a cell of several hours stands as the worst of them, opens the first of those, and adds up", () => {
  const hours = [
    makeCell(6, "proven", { logFiles: { proven: 2 }, digests: 1 }),
    makeCell(8, "broken", { logFiles: { broken: 1 }, digests: 1 }),
    makeCell(7, "broken", { logFiles: { broken: 2, proven: 1 } }),
    makeCell(9, "gap"),
  ];
  const [row] = rowsOf(hours, { ...span, cellMs: 6 * hourMs });
  assert.deepEqual(row?.cells[1], {
    from: from + 6 * hourMs,
    to: from + 12 * hourMs,
    hour: from + 7 * hourMs,
    standing: "broken",
    logFiles: { proven: 3, broken: 3 },
    digests: 2,
  });
});

test("what waits is no problem, what cannot be proven is one", () => {
  const standings = ["proven", "waiting", "unproven", "gap", "broken", "nothing"] as const;
  assert.deepEqual(standings.filter(isProblem), ["unproven", "gap", "broken"]);
});

test("a cell says in words what it shows", () => {
  const [row] = rowsOf(
    [makeCell(0, "broken", { logFiles: { proven: 1200, broken: 1 }, digests: 1 }), makeCell(1, "gap")],
    span,
  );
  const [first, second, third] = row?.cells ?? [];
  assert.ok(first && second && third);
  assert.equal(cellWords(first), "broken; log files: 1,200 proven, 1 broken; 1 valid digest");
  assert.equal(cellWords(second), "gap; no log files; no valid digest");
  assert.equal(cellWords(third), "nothing was delivered");
});

test("days begin where the zone says so", () => {
  const dayOf = (at: number) => formatDay(new Date(at).toISOString(), "utc");
  const week = { ...span, from: from - 13 * hourMs, to: from + 35 * hourMs };
  assert.deepEqual([...dayStarts(week, dayOf)], [13, 37]);
  assert.deepEqual([...dayStarts(span, dayOf)], []);
});

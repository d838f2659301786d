import assert from "node:assert/strict";
import { test } from "node:test";
import type { WaitingRow } from "../../state/index.ts";
import { minute, noon, notice } from "../open-telling.fixture.ts";
import type { Notice } from "../notice.ts";
import { throttle } from "./flood.ts";
import { bundlesOf, freeBundle } from "./group.ts";

let number = 0;

function row(fields: Partial<Notice> = {}, more: Partial<WaitingRow> = {}): WaitingRow {
  number += 1;
  const content = notice({ thread: `t${number}`, ...fields });
  return {
    ...{
      number,
      id: content.id,
      channel: "ops",
      route: "all",
      group: `thread ${content.thread}`,
      thread: content.thread,
    },
    ...{ dueAt: noon, firstDueAt: noon, createdAt: noon, tries: 0, message: undefined, content },
    ...more,
  };
}

const bundles = (...rows: readonly WaitingRow[]) => rows.map((one) => freeBundle([one], "thread"));

test("where there is room for all, all go as they came", () => {
  const all = bundles(row({ severity: "low" }), row({ severity: "critical" }));
  assert.deepEqual(throttle(all, { left: 2, summaryAt: noon }, noon, false), {
    send: all,
    summary: undefined,
    later: false,
  });
});

test("where there is not, the worst go as they came, and one summary tells the rest", () => {
  const rows = [
    row({ severity: "low" }),
    row({ severity: "high" }),
    row({ severity: "low" }),
    row({ severity: "critical" }),
  ];
  const { send, summary, later } = throttle(bundles(...rows), { left: 2, summaryAt: noon }, noon, false);
  assert.deepEqual(
    send.map((bundle) => bundle.rows),
    [[rows[1]], [rows[3]]],
  );
  assert.deepEqual([summary?.form, summary?.rows, later], ["flood", [rows[0], rows[2]], false]);
});

test("another summary waits for its time", () => {
  const flow = throttle(bundles(row()), { left: 0, summaryAt: noon + minute }, noon, false);
  assert.deepEqual(flow, { send: [], summary: undefined, later: true });
});

test("where a pager would ring on for ever, an end needs no room", () => {
  const all = bundles(row(), row({ state: "ended" }));
  const [, end] = all;
  assert.deepEqual(throttle(all, { left: 0, summaryAt: noon + minute }, noon, true).send, [end]);
  assert.deepEqual(throttle(all, { left: 0, summaryAt: noon + minute }, noon, false).send, []);
});

test("what was bound stays one message, and the rest of its group waits until it is over", () => {
  const first = row({ thread: "a" }, { message: "thread-1", tries: 1, dueAt: noon + minute });
  const next = row({ thread: "a" });
  assert.deepEqual(bundlesOf([next], [first, next]), []);
  const again = bundlesOf([{ ...first, dueAt: noon }, next], [{ ...first, dueAt: noon }, next]);
  assert.deepEqual(
    again.map(({ key, isBound, rows }) => [key, isBound, rows.length]),
    [["thread-1", true, 1]],
  );
});

test("the same rows make the same key, and others another", () => {
  const [one, two] = [row(), row()];
  assert.equal(freeBundle([one], "thread").key, freeBundle([{ ...one, dueAt: 1, tries: 9 }], "thread").key);
  assert.notEqual(freeBundle([one], "thread").key, freeBundle([one, two], "thread").key);
  assert.notEqual(freeBundle([one], "thread").key, freeBundle([{ ...one, channel: "chat" }], "thread").key);
});

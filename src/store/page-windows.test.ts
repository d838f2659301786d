import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pageWindows } from "./page-windows.ts";

const year = 365 * 24 * 3_600_000;
const instants = fc.integer({ min: 0, max: 5 * year });

test("windows cover the range asked for, without gap or overlap, from the side where the page begins", () => {
  fc.assert(
    fc.property(instants, instants, instants, instants, fc.constantFrom("newest", "oldest"), (a, b, c, d, order) => {
      const stored = { first: Math.min(a, b), last: Math.max(a, b), events: 20_000_000 };
      const [from, to] = [Math.min(c, d), Math.max(c, d)];
      const request = { predicate: { kind: "all" }, order, limit: 50, from, to } as const;
      const windows = [...pageWindows(request, stored)];
      const inTime = order === "newest" ? windows.toReversed() : windows;
      const [first, last] = [Math.max(from, stored.first), Math.min(to, stored.last + 1)];
      if (first >= last) return assert.deepEqual(windows, []);
      assert.equal(inTime[0]?.from, first);
      assert.equal(inTime.at(-1)?.to, last);
      for (const [index, window] of inTime.entries()) {
        assert.ok(window.from < window.to);
        assert.equal(inTime[index + 1]?.from ?? window.to, window.to);
      }
    }),
    { seed: 20_261_120 },
  );
});

test("the next page begins at the instant where the last one ended", () => {
  const after = { time: 1_000, id: "", accountHash: "0" };
  const stored = { first: 0, last: 5_000, events: 100 };
  const newest = [...pageWindows({ predicate: { kind: "all" }, order: "newest", limit: 1, after }, stored)];
  assert.equal(newest[0]?.to, 1_001);
  const oldest = [...pageWindows({ predicate: { kind: "all" }, order: "oldest", limit: 1, after }, stored)];
  assert.equal(oldest[0]?.from, 1_000);
});

test("ten years are looked through in a few windows", () => {
  const request = { predicate: { kind: "all" }, order: "newest", limit: 50 } as const;
  assert.ok([...pageWindows(request, { first: 0, last: 10 * year, events: 1e9 })].length <= 5);
});

test("where looking takes long, windows grow less", () => {
  const request = { predicate: { kind: "all" }, order: "newest", limit: 50 } as const;
  const windows = pageWindows(request, { first: 0, last: year, events: 1e8 });
  const lengths: number[] = [];
  for (let step = windows.next(); step.done !== true; step = windows.next({ tookMs: 500, found: 0 })) {
    lengths.push(step.value.to - step.value.from);
  }
  assert.ok(lengths.length > 10);
  assert.ok((lengths[1] ?? 0) < (lengths[0] ?? 0));
});

test("what was found in a window tells how long the next one has to be", () => {
  const request = { predicate: { kind: "all" }, order: "newest", limit: 50 } as const;
  const windows = pageWindows(request, { first: 0, last: year, events: 1e8 });
  const lengthOf = (step: IteratorResult<{ readonly from: number; readonly to: number }, void>) =>
    step.done === true ? 0 : step.value.to - step.value.from;
  const first = lengthOf(windows.next());
  const second = lengthOf(windows.next({ tookMs: 10, found: 20 }));
  assert.equal(second, first * 3);
  assert.ok(lengthOf(windows.next({ tookMs: 10, found: 0 })) > second);
});

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { cpuSecondsOf, memoryOf, othersShare, readCpuClock, readTicks } from "./process-figures.ts";

test("the times of a process are read whatever its name is", () => {
  const rest = "S 1 2 3 0 -1 4194560 5 6 7 8 120 30 45 5 20 0 1 0 99";
  assert.deepEqual(readTicks(`42 (node) ${rest}`), { user: 120, system: 30, children: 50 });
  assert.deepEqual(readTicks(`42 (a (b) c) ${rest}`), { user: 120, system: 30, children: 50 });
  assert.equal(readTicks(""), undefined);
});

test("others have the share of the cores that was busy and not ours", () => {
  const before = { busySeconds: 100, ownSeconds: 10 };
  assert.equal(othersShare(before, { busySeconds: 116, ownSeconds: 22 }, 10, 2), 0.2);
  assert.equal(othersShare(before, { busySeconds: 110, ownSeconds: 21 }, 10, 2), 0);
  assert.equal(othersShare(before, { busySeconds: 190, ownSeconds: 10 }, 10, 2), 1);
});

const withoutProc = existsSync("/proc/self/status") ? false : "needs /proc";

test("this process has a memory, a peak and a time", { skip: withoutProc }, () => {
  const memory = memoryOf(process.pid);
  assert.ok(memory !== undefined && memory.residentBytes > 1e6);
  assert.ok(memory.peakBytes >= memory.residentBytes);
  assert.ok((cpuSecondsOf(process.pid) ?? -1) >= 0);
  assert.ok((readCpuClock()?.busySeconds ?? 0) > 0);
});

test("a process that is gone has neither", () => {
  assert.equal(memoryOf(4_194_305), undefined);
  assert.equal(cpuSecondsOf(4_194_305), undefined);
});

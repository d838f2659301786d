import assert from "node:assert/strict";
import { test } from "node:test";
import { BatchHours } from "./batch-hours.ts";

const batch = (...logFiles: readonly bigint[]) => ({
  segments: logFiles.map((logFile, index) => ({ logFile, firstRow: index, rows: 1 })),
});

test("a log file has the hours of all batches that it is in", () => {
  const hours = new BatchHours();
  hours.note(batch(1n, 2n), [3, 4]);
  hours.note(batch(2n, 3n), [1, 4]);
  assert.deepEqual(hours.take([1n]), [3, 4]);
  assert.deepEqual(hours.take([2n, 3n]), [1, 3, 4]);
});

test("one of which nothing is known makes all unknown", () => {
  const hours = new BatchHours();
  hours.note(batch(1n, 2n), [3]);
  hours.note(batch(2n), undefined);
  assert.equal(hours.take([1n, 2n]), undefined);
  assert.equal(hours.take([9n]), undefined);
  hours.note(batch(1n), [3]);
  assert.deepEqual(hours.take([1n]), [3], "what was taken is forgotten");
  assert.deepEqual(hours.take([]), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeSpans, SpanGatherer } from "./spans.ts";

test("spans that overlap, touch or lie near are one", () => {
  const spans = [
    { from: 50, to: 60 },
    { from: 0, to: 10 },
    { from: 5, to: 20 },
    { from: 21, to: 30 },
  ];
  assert.deepEqual(mergeSpans(spans), [
    { from: 0, to: 30 },
    { from: 50, to: 60 },
  ]);
  assert.deepEqual(mergeSpans(spans, 20), [{ from: 0, to: 60 }]);
  assert.deepEqual(mergeSpans([]), []);
});

test("of many spans those that lie nearest are joined, and nothing is left out", () => {
  const gatherer = new SpanGatherer(3);
  for (const at of [0, 10, 1_000, 1_010, 5_000, 9_000, 9_001]) gatherer.add({ from: at, to: at + 1 });
  assert.deepEqual(gatherer.take(), [
    { from: 0, to: 1_011 },
    { from: 5_000, to: 5_001 },
    { from: 9_000, to: 9_002 },
  ]);
  assert.deepEqual(gatherer.take(), []);
});

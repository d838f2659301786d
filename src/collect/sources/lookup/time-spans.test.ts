import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addSpan, halvesOf, missingIn, printSpans, readSpans, spansSince, type TimeSpans } from "./time-spans.ts";

const end = 24;
const span = fc
  .tuple(fc.integer({ min: 0, max: end }), fc.integer({ min: 0, max: end }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

/** Which instants are in them. */
function instants(spans: TimeSpans): number[] {
  return Array.from({ length: end }, (_, at) => at).filter((at) => spans.some(({ from, to }) => at >= from && at < to));
}

test("what was added is there, what was not is missing, and stretches that touch are one", () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), span, fc.integer({ min: 0, max: end }), (added, within, since) => {
      const spans = added.reduce<TimeSpans>(addSpan, []);
      const there = instants(added);
      assert.deepEqual(instants(spans), there);
      for (const [index, { from, to }] of spans.entries()) {
        assert.ok(from < to && from > (spans[index - 1]?.to ?? -1));
      }
      const inside = instants([within]);
      assert.deepEqual(
        instants(missingIn(within, spans)),
        inside.filter((at) => !there.includes(at)),
      );
      assert.deepEqual(
        instants(spansSince(spans, since)),
        there.filter((at) => at >= since),
      );
      assert.deepEqual(readSpans(JSON.parse(JSON.stringify(printSpans(spans)))), spans);
    }),
    { seed: 20_261_122, numRuns: 2_000 },
  );
});

test("a stretch is halved at a whole second, and a second is not halved", () => {
  assert.deepEqual(halvesOf({ from: 0, to: 5_000 }), [
    { from: 0, to: 2_000 },
    { from: 2_000, to: 5_000 },
  ]);
  assert.equal(halvesOf({ from: 4_000, to: 5_000 }), undefined);
});

test("what was kept and cannot be read counts as nothing done", () => {
  for (const kept of [undefined, null, "x", 7, {}, [[1]], [[1, "2"]], [[-5, 3]]]) assert.deepEqual(readSpans(kept), []);
});

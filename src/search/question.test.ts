import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { intervalFor } from "./buckets.ts";
import { printCursor, readCursor } from "./cursor.ts";
import { fieldTexts } from "./field-texts.ts";
import { readTimeRange } from "./time-range.ts";

const seed = 20;
const now = Date.UTC(2026, 10, 20, 12);

test("a cursor leads back to where it was made", () => {
  const position = fc.record(
    {
      time: fc.integer({ min: -1e13, max: 1e13 }),
      id: fc.uuid(),
      accountHash: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(position, (each) => assert.deepEqual(readCursor(printCursor(each)), each)),
    { seed },
  );
});

test("what is no cursor of ours is refused", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.throws(() => readCursor(text), { code: "cursor-invalid" });
    }),
    { seed },
  );
  const forged = Buffer.from("1.00000000-0000-4000-8000-000000000000') OR 1 --.1").toString("base64url");
  assert.throws(() => readCursor(forged), { code: "cursor-invalid" });
});

test("a day named as the end is meant whole, an instant to the millisecond", () => {
  const day = Date.UTC(2026, 0, 2);
  assert.deepEqual(readTimeRange({ from: "2026-01-02", to: "2026-01-02" }, now), { from: day, to: day + 86_400_000 });
  assert.deepEqual(readTimeRange({ to: "2026-01-02T03:04:05.678Z" }, now), { to: Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
  assert.deepEqual(readTimeRange({ from: "now-7d", to: "now" }, now), { from: now - 7 * 86_400_000, to: now });
  assert.deepEqual(readTimeRange({ from: "", to: "*" }, now), {});
});

test("a range that ends before it begins, and a time that is none, are refused", () => {
  assert.throws(() => readTimeRange({ from: "2026-01-03", to: "2026-01-01" }, now), {
    code: "range-invalid",
    help: "Exchange from and to",
  });
  for (const from of ["yesterdayish", "2026-13-01", "\u001b[31m", "now-"]) {
    assert.throws(() => readTimeRange({ from }, now), { code: "range-invalid" });
  }
});

test("a range is cut into at most as many pieces as were asked for, unless it is longer than 300 centuries", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3e13 }), fc.integer({ min: 10, max: 2_000 }), (rangeMs, buckets) => {
      const interval = intervalFor(rangeMs, buckets);
      assert.ok(rangeMs / interval <= buckets || interval === 3650 * 86_400_000);
    }),
    { seed },
  );
  assert.equal(intervalFor(7 * 86_400_000, 168), 3_600_000);
});

test("a path's text joins several values, bounds them, and never leads out of the record", () => {
  const record = Buffer.from(
    JSON.stringify({
      eventName: "A",
      resources: [{ ARN: "x" }, { ARN: "y" }, {}],
      deep: { list: [1, null, true, { a: 1 }] },
      long: "z".repeat(900),
    }),
  );
  assert.deepEqual(
    fieldTexts(record, ["eventName", "resources.ARN", "deep.list", "nothing", "__proto__", "constructor.name"]),
    {
      eventName: "A",
      "resources.ARN": "x, y",
      "deep.list": '1, true, {"a":1}',
      nothing: null,
      ["__proto__"]: null,
      "constructor.name": null,
    },
  );
  assert.equal(fieldTexts(record, ["long"])["long"]?.length, 500);
  assert.deepEqual(fieldTexts(Buffer.from("no JSON"), ["eventName"]), { eventName: null });
});

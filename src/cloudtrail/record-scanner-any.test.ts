import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RecordScanner } from "./record-scanner.ts";
import type { RejectedPart } from "./rejected-part.ts";
import { envelope, lookup, message, scan } from "./scan.fixture.ts";

const anyRecord = fc
  .record({
    text: fc.string({ unit: "binary" }),
    slashes: fc.nat(5),
    more: fc.jsonValue({ maxDepth: 3 }),
  })
  .map(({ text, slashes, more }) =>
    JSON.stringify({
      eventVersion: "1.08",
      userAgent: `${text}"Records":[{"${"\\".repeat(slashes)}`,
      eventID: "x",
      more,
    }),
  );

test("any chunking of any file gives the same records and rejects", () => {
  const junk = fc.constantFrom(
    "",
    "null",
    "oops",
    "{",
    "}",
    "]",
    '"',
    '{"a":1}',
    '{"a":"',
    "[[",
    "\n",
    '{"eventVersion":"1.',
  );
  const value = fc.oneof({ weight: 4, arbitrary: anyRecord }, { weight: 1, arbitrary: junk });
  const frame = fc.constantFrom(
    ['{"Records":[', ",", "]}"],
    ["[", ",\n", "]"],
    ["", "\n", "\n"],
    ['{"a":"b","Events":[', ",", "]}"],
  );
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 6 }),
      frame,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(120, 1 << 20),
      (values, [head = "", comma = "", tail = ""], sizes, recordBytesMax) => {
        const bytes = Buffer.from(`${head}${values.join(comma)}${tail}`);
        const whole = scan(bytes, { recordBytesMax });
        const found: string[] = [];
        const parts: RejectedPart[] = [];
        const scanner = new RecordScanner({
          limits: { recordBytesMax },
          onRecord: (view, start, end) => found.push(Buffer.from(view.subarray(start, end)).toString()),
          onReject: (part) => parts.push(part),
        });
        for (let i = 0, n = 0; i < bytes.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          scanner.push(bytes.subarray(i, i + size));
          i += size;
        }
        assert.deepEqual({ ...scanner.end(), found, parts }, whole);
      },
    ),
    { seed: 20_240_501, numRuns: 1500 },
  );
});

test("records of any content come out of every wrapper as they went in", () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 200 }),
      (records, chunk) => {
        const texts = [
          `{"Records":[${records.join(",")}]}`,
          `[${records.join(",")}]`,
          records.join("\n"),
          `{"Events":[${records.map(lookup).join(",")}]}`,
          records.map(envelope).join("\n"),
          `{"logEvents":[${records.map(message).join(",")}]}`,
        ];
        for (const text of texts) {
          const result = scan(text, { chunk });
          assert.deepEqual(result.found, records);
          assert.deepEqual(result.parts, []);
        }
      },
    ),
    { seed: 20_240_502, numRuns: 150 },
  );
});

test("no bytes at all make it throw, and positions count every value", () => {
  const alphabet = fc.constantFrom(
    ...'{}[]",:\\ \n\u0000a1'.split(""),
    '{"eventVersion":"1.08"',
    '"Records":[',
    "\ufeff",
  );
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (tokens, chunk) => {
      const result = scan(tokens.join(""), { chunk });
      assert.equal(result.parts.length, result.rejected);
      const positions = result.parts.map((part) => part.position);
      assert.deepEqual(
        positions,
        positions.toSorted((a, b) => a - b),
      );
      assert.ok(positions.every((position) => position < result.records + result.rejected));
    }),
    { seed: 20_240_503, numRuns: 2000 },
  );
});

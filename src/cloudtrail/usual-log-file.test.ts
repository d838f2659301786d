import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { usualRecords } from "./usual-log-file.ts";

function pieces(text: string): string[] | undefined {
  const bytes = Buffer.from(text);
  const cuts = usualRecords(bytes);
  if (cuts === undefined) return undefined;
  return Array.from({ length: cuts.length / 2 }, (_, i) => bytes.toString("utf8", cuts[2 * i], cuts[2 * i + 1]));
}

test("Records written as CloudTrail writes them are found byte for byte", () => {
  const texts = [
    '{"eventVersion":"1.08","eventName":"A"}',
    '{"eventVersion":"1.11", "note":"\\"},{\\"eventVersion\\""}',
  ];
  assert.deepEqual(pieces(`{"Records":[${texts.join(",")}]}`), texts);
  assert.deepEqual(pieces(`{"Records":[${texts.join(",")}]}\n`), texts);
});

test("A file written in any other way is left to the scanner", () => {
  for (const text of [
    "",
    "{}",
    '{"Records":[]}',
    '[{"eventVersion":"1.08"}]',
    '{ "Records":[{"eventVersion":"1.08"}]}',
    '{"Records":[{"eventVersion":"1.08"}],"more":1}',
    '{"Records":[{"eventVersion":"1.08"}',
  ]) {
    assert.equal(pieces(text), undefined, text);
  }
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("", "},{", '"},{"eventVersion":"', "a", null, 1, true),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("eventVersion", "eventTime", "a"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

test("If every piece is an object of well-formed JSON, the pieces are exactly the records", () => {
  const records = fc.array(json, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(records, (details) => {
      const texts = details.map((detail) => JSON.stringify({ eventVersion: "1.11", detail }));
      const found = pieces(`{"Records":[${texts.join(",")}]}`);
      assert.ok(found);
      if (found.every(isObject)) assert.deepEqual(found, texts);
      else assert.notDeepEqual(found, texts);
    }),
    { seed: 20_261_121, numRuns: 2_000 },
  );
});

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

test("A list inside a record that looks like records is never taken for them unnoticed", () => {
  const inner = '{"eventVersion":"1.11","eventTime":"2026-11-21T00:00:00Z"}';
  const record = `{"eventVersion":"1.11","requestParameters":{"entries":[${inner},${inner},${inner}]}}`;
  const found = pieces(`{"Records":[${record}]}`);
  assert.equal(found?.length, 3);
  assert.equal(found?.filter(isObject).length, 1);
});

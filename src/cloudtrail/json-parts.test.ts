import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newSkimState, skim } from "./json-skim.ts";
import { decodeJsonString } from "./json-string.ts";
import { checkStructure } from "./json-structure.ts";

function decode(literal: string | Buffer): Buffer {
  const bytes = Buffer.from(literal);
  return Buffer.from(decodeJsonString(bytes, 0, bytes.length));
}

test("a string literal is decoded as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, escaped) => {
      const literal = JSON.stringify(text);
      const units = Array.from(literal.slice(1, -1), (character) =>
        [...character].length === 1 && character.charCodeAt(0) > 0x7f ? unicode(character) : character,
      );
      assert.equal(decode(escaped ? `"${units.join("")}"` : literal).toString(), text);
    }),
    { seed: 31, numRuns: 500 },
  );

  function unicode(character: string): string {
    return Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
    ).join("");
  }
});

test("what JSON refuses in a string is passed on, a lone surrogate replaced", () => {
  assert.equal(decode('"a\nb\\x\\u12\\').toString(), "a\nb\\x\\u12");
  assert.equal(decode('"\\ud800x\\udc00\\ud800\\ud83d\\ude00"').toString(), "\ufffdx\ufffd\ufffd😀");
  assert.deepEqual(decode(Buffer.from([0x22, 0xff, 0x00, 0xc3, 0x22])), Buffer.from([0xff, 0x00, 0xc3]));
});

const json = fc.oneof(fc.object(), fc.array(fc.jsonValue())).map((value) => Buffer.from(JSON.stringify(value)));

test("the end of a value is found by counting and by structure alike, wherever it is cut", () => {
  fc.assert(
    fc.property(json, fc.nat(), (bytes, at) => {
      const text = Buffer.concat([bytes, Buffer.from(',{"more":"]}')]);
      const view = new DataView(text.buffer, text.byteOffset, text.length);
      const state = newSkimState();
      const cut = at % bytes.length;
      assert.equal(skim(view, 0, cut, state), -1);
      assert.equal(skim(view, cut, text.length, state), bytes.length);
      assert.deepEqual(checkStructure(text, 0, text.length), {
        kind: "complete",
        end: bytes.length,
        deepest: state.deepest,
      });
      assert.equal(checkStructure(bytes, 0, cut).kind, "open");
    }),
    { seed: 32, numRuns: 500 },
  );
});

test("a missing or wrong bracket, quote or colon is noticed where it cannot be right any more", () => {
  const cases: readonly (readonly [string, number, boolean])[] = [
    ['{"a":{"b":1},{"c":2}', 13, true],
    ['{"a":[1}', 7, false],
    ['{"a":1]', 6, false],
    ['{"a" "b"}', 2, false],
    ['{"a":"b,"c":1}', 6, false],
    ['{"a":1 {"b":2}', 7, false],
    ["{a:1}", 1, false],
    ['{"a"}', 2, false],
  ];
  for (const [text, resumeAt, isNextValue] of cases) {
    assert.deepEqual(
      checkStructure(Buffer.from(text), 0, text.length),
      { kind: "broken", resumeAt, isNextValue },
      text,
    );
  }
});

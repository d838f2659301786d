import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { layOut } from "./json-lines.ts";

test("a record is laid out line by line, each with the path that the query language knows it by", () => {
  const lines = layOut(
    '{"eventName":"CreateUser","resources":[{"ARN":"arn:a"},{"ARN":"arn:b"}],"tags":[],"none":null}',
  );
  assert.deepEqual(
    lines.map(({ depth, key, text, path, hasComma }) => [depth, key, text + (hasComma ? "," : ""), path]),
    [
      [0, undefined, "{", ""],
      [1, "eventName", '"CreateUser",', "eventName"],
      [1, "resources", "[", "resources"],
      [2, undefined, "{", "resources"],
      [3, "ARN", '"arn:a"', "resources.ARN"],
      [2, undefined, "},", "resources"],
      [2, undefined, "{", "resources"],
      [3, "ARN", '"arn:b"', "resources.ARN"],
      [2, undefined, "}", "resources"],
      [1, undefined, "],", "resources"],
      [1, "tags", "[],", "tags"],
      [1, "none", "null", "none"],
      [0, undefined, "}", ""],
    ],
  );
  assert.equal(lines[2]?.closesAt, 9);
  assert.equal(lines[2]?.entries, 2);
});

test("numbers, escapes and repeated keys are shown as they were written", () => {
  const texts = layOut('{"n":12345678901234567890,"e":"\\u202e\\/","n":1.0e2}').map(({ text }) => text);
  assert.deepEqual(texts.slice(1, -1), ["12345678901234567890", '"\\u202e\\/"', "1.0e2"]);
});

test("whatever the record, its lines put together are the record", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const compact = JSON.stringify(JSON.parse(json));
      const together = layOut(compact)
        .map(({ key, text, kind, hasComma }) => {
          const before = key === undefined || kind === "close" ? "" : `${JSON.stringify(key)}:`;
          return before + text + (hasComma ? "," : "");
        })
        .join("");
      assert.deepEqual(JSON.parse(together), JSON.parse(compact));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("text that is no JSON, or too deep, is laid out as far as it goes", () => {
  assert.deepEqual(layOut("not a record"), []);
  assert.equal(layOut('{"a":tru').length, 1);
  assert.ok(layOut("[".repeat(100_000)).length <= 20_000);
});

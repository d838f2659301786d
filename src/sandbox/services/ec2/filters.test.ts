import assert from "node:assert/strict";
import { test } from "node:test";

import { isLike } from "./filters.ts";

const cases: readonly (readonly [value: string, pattern: string, matches: boolean])[] = [
  ["web-1", "web-*", true],
  ["web-1", "web-?", true],
  ["web-10", "web-?", false],
  ["", "*", true],
  ["a*b", "a\\*b", true],
  ["axb", "a\\*b", false],
  ["Web", "web", false],
  ["aaab", "*a*b", true],
];

for (const [value, pattern, matches] of cases) {
  test(`the filter ${pattern} ${matches ? "takes" : "leaves"} "${value}"`, () => {
    assert.equal(isLike(value, pattern), matches);
  });
}

test("a pattern of many stars takes no longer than the text is long", () => {
  const before = performance.now();
  assert.equal(isLike("a".repeat(2000), `${"*a".repeat(500)}b`), false);
  assert.ok(performance.now() - before < 1000);
});

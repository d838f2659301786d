import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readRegex } from "./read.ts";
import { compileRegexTest } from "./run.ts";

function matches(source: string, flags: string, text: string): boolean {
  const reading = readRegex(source, flags);
  assert.ok(reading.ok, `${source}: ${reading.ok ? "" : reading.message}`);
  return compileRegexTest(reading.regex)(text);
}

test("what is supported matches as JavaScript's own regular expressions do", () => {
  const atom = fc.constantFrom(
    "a",
    "b",
    ".",
    "\\d",
    "\\w",
    "[ab]",
    "[^a]",
    "[a-c1]",
    "\\b",
    "^",
    "$",
    "(?:a|b)",
    "(ab|)",
    "\\.",
    "é",
    "x",
  );
  const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?");
  const piece = fc.tuple(atom, quantifier).map(([part, count]) => (/^(?:\\b|\^|\$)$/.test(part) ? part : part + count));
  const source = fc.array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: fc.constant("|") }), {
    maxLength: 6,
  });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", ".", " ", "\n", "é", "A", "x"), maxLength: 8 });
  fc.assert(
    fc.property(source, text, fc.constantFrom("", "m", "s", "i"), (parts, subject, flags) => {
      const pattern = parts.join("");
      assert.equal(
        matches(pattern, flags, subject),
        new RegExp(pattern, flags).test(subject),
        `/${pattern}/${flags} on ${JSON.stringify(subject)}`,
      );
    }),
    { seed: 20_260_111, numRuns: 5_000 },
  );
});

test("look-around, back-references and other things that RE2 lacks are refused with their place", () => {
  const refused: [string, number, number][] = [
    ["a(?=b)", 1, 4],
    ["(?<!a)b", 0, 3],
    ["(a)\\1", 3, 5],
    ["\\k<x>", 0, 2],
    ["a{2,1}", 0, 6],
    ["a{1001}", 0, 7],
    ["a**", 2, 3],
    ["(a", 0, 1],
    ["a)", 1, 2],
    ["[a", 0, 1],
    ["[[:alpha:]]", 1, 3],
    ["\\p{L}", 0, 2],
    ["*a", 0, 1],
    ["^*", 0, 2],
    ["a\\", 1, 2],
    ["((a{500}){500}){500}", 0, 20],
  ];
  for (const [source, start, end] of refused) {
    const reading = readRegex(source, "");
    assert.ok(!reading.ok, source);
    assert.deepEqual([reading.start, reading.end], [start, end], source);
  }
  assert.ok(!readRegex("a", "g").ok);
});

test("case is folded in ASCII, and beyond it for single characters", () => {
  assert.ok(matches("straße", "i", "STRAßE"));
  assert.ok(matches("É", "i", "é"));
  assert.ok(!matches("k", "i", "\u212a"), "the Kelvin sign is no k");
  assert.ok(matches("(?i)abc", "", "ABC"));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { coversPattern, overlapsPattern } from "./wildcards.ts";

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
const texts = allTexts(5);

test("a pattern that covers another takes every text that the other takes", () => {
  fc.assert(
    fc.property(pattern, pattern, (wide, narrow) => {
      if (!coversPattern(wide, narrow)) return;
      for (const text of texts) if (fits(narrow, text)) assert.ok(fits(wide, text), `${wide} ${narrow} ${text}`);
    }),
  );
});

test("a text without wildcards is covered exactly when it fits", () => {
  fc.assert(
    fc.property(pattern, fc.constantFrom(...texts), (wide, text) => {
      assert.equal(coversPattern(wide, text), fits(wide, text));
    }),
  );
});

test("two patterns overlap exactly when one text fits both", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 });
  fc.assert(
    fc.property(short, short, (one, other) => {
      // What fits both fits in as many signs as both have together.
      const some = allTexts(6).some((text) => fits(one, text) && fits(other, text));
      assert.equal(overlapsPattern(one, other), some, `${one} ${other}`);
    }),
    { numRuns: 300 },
  );
});

test("in an ARN a wildcard stays in its part", () => {
  const topic = "arn:aws:sns:us-east-1:111122223333:trails";
  assert.equal(coversPattern("arn:aws:sns:*:111122223333:trails", topic, "arn"), true);
  assert.equal(coversPattern("arn:aws:sns:*:trails", topic, "arn"), false);
  assert.equal(coversPattern("arn:aws:sns:*", topic, "arn"), true);
  assert.equal(coversPattern("arn:aws:s3:::logs/*", "arn:aws:s3:::logs/AWSLogs/1/*", "arn"), true);
  assert.equal(coversPattern("arn:aws:s3:::logs/AWSLogs/1/*", "arn:aws:s3:::logs/*", "arn"), false);
});

test("a long pattern of many stars takes no long time", () => {
  const many = `${"*a".repeat(2000)}b`;
  assert.equal(coversPattern(many, "a".repeat(5000)), false);
  assert.equal(overlapsPattern(many, `${"a*".repeat(300)}c`), false);
});

function fits(wanted: string, text: string): boolean {
  const source = wanted.replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(text);
}

function allTexts(most: number): readonly string[] {
  let last = [""];
  const all = [...last];
  for (let length = 1; length <= most; length += 1) {
    last = last.flatMap((text) => [`${text}a`, `${text}b`]);
    all.push(...last);
  }
  return all;
}

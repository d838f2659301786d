import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compilePattern, matchesPattern, type Reach } from "./pattern.ts";

function matches(pattern: string, text: string, reach: Reach = "all"): boolean {
  return matchesPattern(compilePattern([{ text: pattern, isLiteral: false }], reach), text);
}

// IAM User Guide, 'IAM JSON policy elements: Resource'.
const resources: readonly (readonly [pattern: string, text: string, fits: boolean])[] = [
  ["*", "arn:aws:s3:::bucket/key", true],
  ["*", "*", true],
  ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b:c", true],
  ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false],
  ["arn:aws:s3:::amzn-s3-demo-bucket/*/test/*", "arn:aws:s3:::amzn-s3-demo-bucket/1/2/test/3/object.jpg", true],
  ["arn:aws:s3:::amzn-s3-demo-bucket/*/test/*", "arn:aws:s3:::amzn-s3-demo-bucket//test/object.jpg", true],
  ["arn:aws:s3:::amzn-s3-demo-bucket/*/test/*", "arn:aws:s3:::amzn-s3-demo-bucket/1-test/object.jpg", false],
  ["arn:aws:s3:::amzn-s3-demo-bucket/*/test/*", "arn:aws:s3:::amzn-s3-demo-bucket/test/object.jpg", false],
  ["arn:aws:sqs", "arn:aws:sqs:us-east-1:111122223333:queue", true],
  ["arn:aws:sqs", "arn:aws:sns:us-east-1:111122223333:topic", false],
  ["arn:aws:sqs:us-*-1:111122223333:q", "arn:aws:sqs:us-east-1:111122223333:q", true],
  ["arn:aws:sqs:us-*t-1:111122223333:q", "arn:aws:sqs:us-x:eust-1:111122223333:q", false],
  ["arn:aws:iam::*:user/x", "arn:aws:iam::111122223333:user/x", true],
  ["arn:aws:iam::11112222333?:user/?", "arn:aws:iam::111122223333:user/x", true],
  ["arn:aws:logs:*:*:log-group:g:*", "arn:aws:logs:us-east-1:111122223333:log-group:g:log-stream:s", true],
  ["arn:aws:iam::111122223333:user/Bob", "arn:aws:iam::111122223333:user/bob", false],
];

for (const [pattern, text, fits] of resources) {
  test(`the resource ${pattern} ${fits ? "means" : "does not mean"} ${text}`, () => {
    assert.equal(matches(pattern, text, "resource"), fits);
  });
}

test("ArnLike keeps a wildcard within its part of the ARN", () => {
  const arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
  assert.equal(matches("arn:aws:cloudtrail:*:111122223333:trail/*", arn, "arn-parts"), true);
  assert.equal(matches("arn:aws:*:111122223333:trail/*", arn, "arn-parts"), false);
  assert.equal(matches("arn:aws:*:111122223333:trail/*", arn, "resource"), true);
});

test("a variable's value stands for itself, whatever signs it has", () => {
  const pattern = compilePattern([
    { text: "home/", isLiteral: false },
    { text: "a*", isLiteral: true },
    { text: "/*", isLiteral: false },
  ]);
  assert.equal(matchesPattern(pattern, "home/a*/x"), true);
  assert.equal(matchesPattern(pattern, "home/ab/x"), false);
});

test("patterns agree with a plain recursive reading of them", () => {
  function plain(pattern: string, text: string): boolean {
    if (pattern === "") return text === "";
    if (pattern[0] === "*") return plain(pattern.slice(1), text) || (text !== "" && plain(pattern, text.slice(1)));
    return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && plain(pattern.slice(1), text.slice(1));
  }
  const letters = (alphabet: string) =>
    fc.array(fc.constantFrom(...alphabet), { maxLength: 8 }).map((units) => units.join(""));
  fc.assert(
    fc.property(letters("ab:*?"), letters("ab:"), (pattern, text) => matches(pattern, text) === plain(pattern, text)),
    { seed: 1, numRuns: 2000 },
  );
});

test("a pattern made to be slow is quick all the same", () => {
  const text = "a".repeat(2000);
  for (const reach of ["all", "arn-parts"] as const) {
    assert.equal(matches(`${"a*".repeat(300)}b`, text, reach), false);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines, foldLines } from "./diff-lines.ts";

const own = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Sid: "Theirs" };
const ours = {
  Sid: "Ours",
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "s3:PutObject",
};

function signs(before: unknown, after: unknown): string {
  return diffLines(before, after)
    .map(({ sign }) => sign)
    .join("");
}

test("a statement that is added to a policy is the only thing that is marked", () => {
  const lines = diffLines(
    { Version: "2012-10-17", Statement: [own] },
    { Version: "2012-10-17", Statement: [own, ours] },
  );
  assert.deepEqual(
    lines.filter(({ sign }) => sign === "+").map(({ text }) => text.trim()),
    [
      "{",
      '"Sid": "Ours",',
      '"Effect": "Allow",',
      '"Principal": {',
      '"Service": "cloudtrail.amazonaws.com"',
      "},",
      '"Action": "s3:PutObject"',
      "}",
    ],
  );
  assert.ok(lines.every(({ sign }) => sign !== "-"));
});

test("the order of members is no change; that of a list is one", () => {
  assert.equal(signs({ b: 1, a: 2 }, { a: 2, b: 1 }), "    ");
  assert.match(signs(["x", "y"], ["y", "x"]), /[+-]/);
});

test("what was not there comes whole, and what is taken away goes whole", () => {
  assert.deepEqual(diffLines(null, "Enabled"), [{ sign: "+", text: "Enabled" }]);
  assert.deepEqual(diffLines(true, null), [{ sign: "-", text: "true" }]);
  assert.deepEqual(
    diffLines(false, true).map(({ sign, text }) => sign + text),
    ["-false", "+true"],
  );
});

test("lines far from a change are counted instead of shown", () => {
  const long = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`m${100 + index}`, index]));
  const folded = foldLines(diffLines(long, { ...long, m120: "other" }));
  assert.deepEqual(folded.map((each) => (each.sign === "…" ? `…${each.count}` : each.sign)).join(""), "…18   -+   …17");
});

test("values that are too long to compare are shown all the same", () => {
  const long = Array.from({ length: 2_000 }, (_, index) => index);
  const lines = diffLines(long, [...long, 1]);
  assert.equal(lines.length, 2_002 + 2_003);
});

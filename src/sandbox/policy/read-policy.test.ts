import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bucketPolicyMessage, iamPolicyMessage, type PolicyProblemKind } from "./policy-problem.ts";
import { type PolicyRules, readPolicy } from "./read-policy.ts";

const good = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const forBucket = { ...good, Principal: "*" };
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "cloudtrail.amazonaws.com" } };

function problem(on: PolicyRules["on"], policy: unknown, lengthMax?: number): string {
  const text = typeof policy === "string" ? policy : JSON.stringify(policy);
  const read = readPolicy(text, { on, ...(lengthMax === undefined ? {} : { lengthMax }) });
  return read.ok ? "none" : read.problem.kind;
}
const of = (...statements: readonly unknown[]) => ({ Version: "2012-10-17", Statement: statements });

// IAM User Guide, 'Grammar of the IAM JSON policy language'.
const cases: readonly (readonly [on: PolicyRules["on"], policy: unknown, problem: PolicyProblemKind | "none"])[] = [
  ["identity", of(good), "none"],
  ["identity", { Version: "2012-10-17", Statement: good }, "none"],
  ["identity", { Version: "2012-10-17", Id: "x", Statement: good }, "none"],
  ["identity", of({ ...good, Action: ["s3:*", "*"], Resource: ["arn:aws:s3:::a", "*"] }), "none"],
  ["identity", of({ ...good, Resource: "arn:aws:s3:::a/${aws:username}" }), "none"],
  ["identity", "{", "not-json"],
  ["identity", "[]", "not-json"],
  ["identity", "", "not-json"],
  ["identity", { Version: "2012-10-17" }, "syntax"],
  ["identity", { Version: "2012-10-17", Statement: [] }, "syntax"],
  ["identity", { Version: "2012-10-17", Statement: ["x"] }, "syntax"],
  ["identity", { Version: "2012-10-18", Statement: good }, "version"],
  ["identity", { Statement: good }, "version"],
  ["resource", { Statement: forBucket }, "none"],
  ["identity", { ...of(good), More: 1 }, "unknown-field"],
  ["identity", of({ ...good, More: 1 }), "unknown-field"],
  ["identity", of({ ...good, Effect: "allow" }), "effect"],
  ["identity", of({ Effect: "Allow", Resource: "*" }), "no-action"],
  ["identity", of({ ...good, Action: [] }), "no-action"],
  ["identity", of({ ...good, NotAction: "s3:*" }), "syntax"],
  ["identity", of({ ...good, Action: "GetObject" }), "action"],
  ["identity", of({ ...good, Action: "s3:Get:Object" }), "action"],
  ["identity", of({ ...good, Action: "*:GetObject" }), "action"],
  ["identity", of({ ...good, Action: 7 }), "syntax"],
  ["identity", of({ Effect: "Allow", Action: "s3:*" }), "no-resource"],
  ["identity", of({ ...good, Resource: "bucket" }), "resource"],
  ["identity", of(forBucket), "prohibited-principal"],
  ["control", of(forBucket), "prohibited-principal"],
  ["resource", of(good), "no-principal"],
  ["resource", of({ ...good, Principal: {} }), "principal"],
  ["resource", of({ ...good, Principal: { AWS: "11112222333" } }), "principal"],
  ["resource", of({ ...good, Principal: { AWS: "arn:aws:iam::111122223333:user/*" } }), "principal"],
  ["resource", of({ ...good, Principal: { AWS: "arn:aws:iam::111122223333:group/x" } }), "principal"],
  ["resource", of({ ...good, Principal: { Service: "*" } }), "principal"],
  ["resource", of({ ...good, Principal: { Somebody: "x" } }), "principal"],
  ["resource", of({ ...good, Principal: { AWS: ["111122223333", "arn:aws:iam::111122223333:role/a/b"] } }), "none"],
  ["resource", of({ ...forBucket, Sid: "a b" }, { ...forBucket, Sid: "a b" }), "none"],
  ["identity", of({ ...good, Sid: "a b" }), "sid-form"],
  ["identity", of({ ...good, Sid: "a" }, { ...good, Sid: "a" }), "sid-repeated"],
  ["identity", of({ ...good, Condition: { StringIs: { a: "b" } } }), "condition-operator"],
  ["identity", of({ ...good, Condition: { StringEquals: "b" } }), "condition"],
  ["identity", of({ ...good, Condition: [] }), "condition"],
  ["identity", of({ ...good, Condition: { StringEquals: { a: { b: "c" } } } }), "condition"],
  ["trust", of(trust), "none"],
  ["trust", of({ ...trust, Resource: "*" }), "prohibited-resource"],
  ["trust", of({ ...trust, Action: "s3:GetObject" }), "action"],
  ["trust", { Version: "2008-10-17", Statement: trust }, "none"],
];

for (const [on, policy, expected] of cases) {
  test(`${on}: ${typeof policy === "string" ? policy : JSON.stringify(policy)} has the problem ${expected}`, () => {
    assert.equal(problem(on, policy), expected);
  });
}

test("a policy that is too long is not even read", () => {
  assert.equal(problem("identity", of(good), 20), "too-large");
});

test("every problem has IAM's and S3's sentence", () => {
  for (const [, , kind] of cases) {
    if (kind === "none") continue;
    assert.notEqual(iamPolicyMessage({ kind, part: "x" }), "");
    assert.notEqual(bucketPolicyMessage({ kind, part: "x" }), "");
  }
});

test("whatever JSON comes in, it is read or refused", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom("identity", "resource", "trust", "control"), (text, on) => {
      const wrapped = `{"Version":"2012-10-17","Statement":${text}}`;
      assert.equal(typeof readPolicy(wrapped, { on }).ok, "boolean");
    }),
    { seed: 3, numRuns: 500 },
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { decide, inWords, own, policyOf, principals } from "./policy.fixture.ts";

export const trail = `arn:aws:cloudtrail:us-east-1:${own}:trail/main`;
export const otherTrail = `arn:aws:cloudtrail:us-east-1:${own}:trail/other`;
export const service = { Service: "cloudtrail.amazonaws.com" };
export const asTrail = { "aws:SourceArn": trail, "aws:SourceAccount": own };

/** What CloudTrail asks for, as whom, of a resource whose policy has these statements, and whether it may. */
export type Case = readonly [
  what: string,
  statements: readonly object[],
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
  isAllowed: boolean,
];

/** One test a case. */
export function testCases(cases: readonly Case[]): void {
  for (const [what, statements, action, resource, given, isAllowed] of cases) {
    test(`CloudTrail ${isAllowed ? "gets through" : "is refused"}: ${what}`, () => {
      const decision = decide(principals.cloudTrail, {
        action,
        resource,
        context: given,
        resourcePolicy: policyOf("resource", ...statements),
        needsResourcePolicy: action.startsWith("kms:"),
      });
      assert.equal(decision.allowed, isAllowed, inWords(decision));
    });
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type NamedPolicy } from "./evaluate.ts";
import { decide, own, policyOf, principals } from "./policy.fixture.ts";

interface Rule {
  readonly effect: "Allow" | "Deny";
  readonly action: string;
  readonly resource: string;
  /** Who is meant, in a policy of a resource. */
  readonly who: string;
}

const actions = ["s3:GetObject", "s3:PutObject", "s3:*", "*", "s3:Get*"];
const resources = ["*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/key", "arn:aws:s3:::other/*"];
const people = ["*", own, principals.ana.arn, principals.session.roleArn, principals.session.arn, "444455556666"];
const rules = fc.array(
  fc.record({
    effect: fc.constantFrom("Allow", "Deny"),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    who: fc.constantFrom(...people),
  }) as fc.Arbitrary<Rule>,
  { minLength: 1, maxLength: 3 },
);
const maybe = fc.option(rules, { nil: undefined });

/** The question's answer by a table: what each rule of this test means for `s3:GetObject` on `bucket/key`. */
function speaks(rule: Rule): boolean {
  return ["s3:GetObject", "s3:*", "*", "s3:Get*"].includes(rule.action) && !rule.resource.includes("other");
}

function says(list: readonly Rule[] | undefined, effect: Rule["effect"], who: readonly string[] = people): boolean {
  return (list ?? []).some((rule) => rule.effect === effect && speaks(rule) && who.includes(rule.who));
}

function named(on: "identity" | "resource", list: readonly Rule[] | undefined): NamedPolicy | undefined {
  return list === undefined
    ? undefined
    : policyOf(
        on,
        ...list.map(({ effect, action, resource, who }) => ({
          Effect: effect,
          Action: action,
          Resource: resource,
          ...(on === "resource" ? { Principal: who === "*" ? "*" : { AWS: who } } : {}),
        })),
      );
}

test("role sessions and users in their own account get what a naive reading of the guide gives them", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(principals.ana, principals.session),
      fc.record({
        identity: rules,
        boundary: maybe,
        session: maybe,
        control: maybe,
        resource: maybe,
        isKey: fc.boolean(),
      }),
      (principal, { identity, boundary, session, control, resource, isKey }) => {
        const isSession = principal.kind === "role-session";
        const sessionRules = isSession ? session : undefined;
        const direct = ["*", principal.arn];
        const role = isSession ? [principal.roleArn] : [];
        const decision = decide(principal, {
          identityPolicies: [named("identity", identity)].filter((policy) => policy !== undefined),
          boundary: named("identity", boundary),
          sessionPolicies:
            sessionRules === undefined
              ? undefined
              : [named("identity", sessionRules)].filter((policy) => policy !== undefined),
          serviceControlPolicies:
            control === undefined ? [] : [[named("identity", control)].filter((policy) => policy !== undefined)],
          resourcePolicy: named("resource", resource),
          needsResourcePolicy: isKey,
        });
        const isDenied =
          [identity, boundary, sessionRules, control].some((list) => says(list, "Deny")) ||
          says(resource, "Deny", [...direct, ...role, own]);
        const isLimited =
          (boundary !== undefined && !says(boundary, "Allow")) ||
          (sessionRules !== undefined && !says(sessionRules, "Allow"));
        const byIdentity = says(identity, "Allow") && !isLimited;
        const expected =
          !isDenied &&
          (control === undefined || says(control, "Allow")) &&
          (says(resource, "Allow", direct) ||
            (says(resource, "Allow", role) && !isLimited) ||
            (byIdentity && (!isKey || says(resource, "Allow", [own]))));
        assert.equal(decision.allowed, expected);
      },
    ),
    { seed: 7, numRuns: 3000 },
  );
});

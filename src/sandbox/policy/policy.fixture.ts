import assert from "node:assert/strict";
import { contextOf } from "./context.ts";
import { type AccessRequest, type Decision, evaluate, type NamedPolicy } from "./evaluate.ts";
import { type Principal } from "./principal.ts";
import { type PolicyRules, readPolicy } from "./read-policy.ts";

export const own = "111122223333";
export const foreign = "444455556666";

/** A policy for a test, of its statements. */
export function policyOf(on: PolicyRules["on"], ...statements: readonly object[]): NamedPolicy {
  const read = readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }), { on });
  assert.ok(read.ok, JSON.stringify(read));
  return { name: on, policy: read.policy };
}

export const principals = {
  root: { kind: "root", accountId: own, arn: `arn:aws:iam::${own}:root` },
  ana: { kind: "user", accountId: own, arn: `arn:aws:iam::${own}:user/ana` },
  foreigner: { kind: "user", accountId: foreign, arn: `arn:aws:iam::${foreign}:user/eve` },
  session: {
    kind: "role-session",
    accountId: own,
    arn: `arn:aws:sts::${own}:assumed-role/Deploy/one`,
    roleArn: `arn:aws:iam::${own}:role/Deploy`,
  },
  federated: {
    kind: "federated-user",
    accountId: own,
    arn: `arn:aws:sts::${own}:federated-user/bob`,
    issuerArn: `arn:aws:iam::${own}:user/ana`,
  },
  cloudTrail: { kind: "service", service: "cloudtrail.amazonaws.com" },
  anonymous: { kind: "anonymous" },
} as const satisfies Record<string, Principal>;

/** What the made-up AWS decides on a request that says the least it can. */
export function decide(
  principal: Principal,
  rest: Partial<Omit<AccessRequest, "context" | "principal">> & {
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
  } = {},
): Decision {
  return evaluate({
    action: "s3:GetObject",
    resource: "arn:aws:s3:::bucket/key",
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceOwner: own,
    needsResourcePolicy: false,
    canonicalIdOf: (accountId) => accountId.padStart(64, "0"),
    ...rest,
    principal,
    context: contextOf(rest.context ?? {}),
  });
}

/** A decision in a word: `allowed`, or who denies and how. */
export function inWords(decision: Decision): string {
  return decision.allowed ? "allowed" : `${decision.reason}: ${decision.by}`;
}

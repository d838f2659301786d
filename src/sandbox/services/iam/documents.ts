import { type Directory } from "../../identity/directory.ts";
import { principalId } from "../../identity/trust-policy.ts";
import { type Role } from "../../identity/things.ts";
import { type Policy } from "../../policy/policy-document.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { malformedPolicy, quotaExceeded } from "./errors.ts";

/** Sizes without white space. IAM User Guide, 'IAM and AWS STS quotas'. */
export const sizeLimits = { managed: 6144, user: 2048, group: 5120, role: 10_240, trust: 2048 } as const;

/** A policy of an identity as a person sends it, read, or IAM's error. */
export function checkDocument(text: string | undefined): Policy {
  const read = readPolicy(text ?? "", { on: "identity" });
  if (!read.ok) throw malformedPolicy(read.problem);
  return read.policy;
}

/** A role's trust policy; principals of the sandbox's own accounts have to be there. */
export function checkTrust(text: string | undefined, directory: Directory): Pick<Role, "trust" | "trusted"> {
  const trust = text ?? "";
  const read = readPolicy(trust, { on: "trust" });
  if (!read.ok) throw malformedPolicy(read.problem);
  if (sizeOf(trust) > sizeLimits.trust) throw quotaExceeded("ACLSizePerRole", sizeLimits.trust);
  const trusted = new Map<string, string>();
  for (const { principals } of read.policy.statements) {
    for (const clause of principals?.clauses ?? []) {
      // Sessions are no principals that last; AWS takes their ARNs as they are.
      if (clause.kind !== "arn" || !clause.arn.startsWith("arn:aws:iam:")) continue;
      const id = principalId(clause.arn, directory);
      if (id !== undefined) trusted.set(clause.arn, id);
      else if (directory.accounts.has(clause.arn.split(":")[4] ?? "")) {
        throw malformedPolicy({ kind: "principal", part: `"AWS":"${clause.arn}"` });
      }
    }
  }
  return { trust, trusted: [...trusted].map(([arn, id]) => ({ arn, id })) };
}

/** Characters of a policy but for white space, which IAM does not count. */
export function sizeOf(text: string): number {
  return text.replaceAll(/\s/g, "").length;
}

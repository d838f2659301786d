import { type Call } from "../../../service.ts";
import { readPolicy } from "../../../policy/read-policy.ts";
import { malformedPolicy } from "../errors.ts";
import { type Kms } from "../operation.ts";
import { keyNeed } from "./key-need.ts";
import { type KmsKey } from "./key.ts";

/** KMS Developer Guide, 'Resource quotas': 32 KB. */
const policyLengthMax = 32_768;

/**
 * Refuses a policy that KMS refuses; without `bypass` also one that would keep the caller from changing it again.
 * API Reference, PutKeyPolicy, BypassPolicyLockoutSafetyCheck.
 */
export async function checkKeyPolicy(kms: Kms, key: KmsKey, call: Call, bypass: boolean): Promise<void> {
  const read = readPolicy(key.policy, { on: "resource", lengthMax: policyLengthMax });
  if (!read.ok) {
    throw malformedPolicy(
      read.problem.kind === "too-large"
        ? "Policy exceeds the maximum allowed size"
        : `Policy contains a statement with one or more invalid elements: ${read.problem.kind} ${read.problem.part}`,
    );
  }
  for (const { principals } of read.policy.statements) {
    const isKnown = principals?.clauses.every(
      (clause) => clause.kind !== "arn" || kms.outlets.knowsPrincipal(clause.arn),
    );
    if (isKnown !== true) throw malformedPolicy("Policy contains a statement with one or more invalid principals.");
  }
  if (bypass) return;
  const judged = await kms.outlets.authorize(call, keyNeed(kms.state, key, call, "kms:PutKeyPolicy"));
  if (!judged.allowed) {
    throw malformedPolicy("The new key policy will not allow you to update the key policy in the future.");
  }
}

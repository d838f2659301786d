import { type Call } from "../../../service.ts";
import { checkKeyPolicy } from "../keys/check-policy.ts";
import { keyNeed } from "../keys/key-need.ts";
import { type KmsKey } from "../keys/key.ts";
import { type Kms, type KmsOperation, onKey } from "../operation.ts";
import { notFound, unsupported, validation } from "../errors.ts";

export function getKeyPolicy(kms: Kms): KmsOperation<"GetKeyPolicy"> {
  return onKey(kms, "GetKeyPolicy", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:GetKeyPolicy")],
    answer(input, key) {
      checkName(input.PolicyName);
      return { Policy: key.policy, PolicyName: "default" };
    },
  });
}

export function listKeyPolicies(kms: Kms): KmsOperation<"ListKeyPolicies"> {
  return onKey(kms, "ListKeyPolicies", {
    needs: (_input, key, call) => [keyNeed(kms.state, key, call, "kms:ListKeyPolicies")],
    answer: () => ({ PolicyNames: ["default"], Truncated: false }),
  });
}

export function putKeyPolicy(kms: Kms): KmsOperation<"PutKeyPolicy"> {
  return onKey(kms, "PutKeyPolicy", {
    needs: (input, key, call) => [
      keyNeed(kms.state, key, call, "kms:PutKeyPolicy", {
        "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false),
      }),
    ],
    async answer(input, key, call) {
      checkName(input.PolicyName);
      checkIsCustomers(key, call);
      if (input.Policy === undefined)
        throw validation(
          "1 validation error detected: Value null at 'policy' failed to satisfy constraint: Member must not be null",
        );
      const changed = { ...key, policy: input.Policy };
      await checkKeyPolicy(kms, changed, call, input.BypassPolicyLockoutSafetyCheck === true);
      kms.state.putKey(changed);
      return {};
    },
  });
}

/** A key has one policy, which is called so. API Reference, PutKeyPolicy. */
function checkName(name: string | undefined): void {
  if (name !== undefined && name !== "default") throw notFound(`No such policy exists`);
}

/** Keys that AWS keeps for its services cannot be changed. KMS Developer Guide, 'AWS managed keys'. */
export function checkIsCustomers(key: KmsKey, call: Pick<Call, "operation">): void {
  if (key.manager === "AWS") throw unsupported(`${call.operation} on an AWS managed key`);
}

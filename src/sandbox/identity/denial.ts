import { type Decision } from "../policy/evaluate.ts";
import { type Call, type Need } from "../service.ts";

/**
 * AWS's sentence for a refusal. IAM User Guide, 'Troubleshoot access denied error messages'. S3 quotes the resource, and
 * says no more than 'Access Denied' to callers of other accounts: S3 User Guide, 'Troubleshoot access denied (403
 * Forbidden) errors'.
 */
export function denialOf(call: Call, need: Need, decision: Decision & { readonly allowed: false }): string {
  if (call.service !== "s3") return sentence(call, need, decision, need.resource);
  const isOwn = (need.ownerId ?? call.accountId) === call.caller.accountId;
  return isOwn && isPerson(call) ? sentence(call, need, decision, `"${need.resource}"`) : "Access Denied";
}

function isPerson(call: Call): boolean {
  return call.caller.kind !== "service" && call.caller.kind !== "anonymous";
}

function sentence(
  { caller }: Call,
  { action, resource }: Need,
  decision: Decision & { readonly allowed: false },
  shown: string,
): string {
  const who = caller.kind === "anonymous" ? "anonymous" : caller.arn;
  const where = resource === "*" ? "" : ` on resource: ${shown}`;
  return `User: ${who} is not authorized to perform: ${action}${where}${reason(action, decision)}`;
}

function reason(action: string, { reason: how, by }: Decision & { readonly allowed: false }): string {
  const isAssuming = /^sts:(?:AssumeRole|TagSession$|SetSourceIdentity$)/.test(action);
  if (how === "explicit-deny") {
    if (isAssuming && by === "resource-based policy") return " with an explicit deny in the role trust policy";
    return ` with an explicit deny in ${by === "identity-based policy" ? "an" : "a"} ${by}`;
  }
  // The guide has 'because no role trust policy allows …'; STS is seen to give no reason, so that nobody learns from it
  // whether a role exists.
  return isAssuming ? "" : ` because no ${by} allows the ${action} action`;
}

import { type Decision } from "../policy/evaluate.ts";
import { type Call, type Need } from "../service.ts";

export interface Denial {
  readonly message: string;
  readonly code?: string;
}

/**
 * AWS's words for a refusal. IAM User Guide, 'Troubleshoot access denied error messages'; where a service is known to say
 * it otherwise, that stands here, seen from AWS but not documented.
 */
export function denialOf(call: Call, need: Need, decision: Decision & { readonly allowed: false }): Denial {
  const isOwn = (need.ownerId ?? call.accountId) === call.caller.accountId;
  switch (call.service) {
    case "s3":
      // S3 says more only to callers of the bucket's own account: 'Troubleshoot access denied (403 Forbidden) errors'.
      return {
        message: isOwn && isPerson(call) ? sentence(call, need, decision, `"${need.resource}"`) : "Access Denied",
      };
    case "ec2":
      return {
        code: "UnauthorizedOperation",
        message: `You are not authorized to perform this operation. ${sentence(call, need, decision)}`,
      };
    case "sns":
      return { code: "AuthorizationError", message: sentence(call, need, decision) };
    default:
      return { message: sentence(call, need, decision) };
  }
}

function isPerson(call: Call): boolean {
  return call.caller.kind !== "service" && call.caller.kind !== "anonymous";
}

function sentence(
  { caller }: Call,
  { action, resource }: Need,
  decision: Decision & { readonly allowed: false },
  shown = resource,
): string {
  const who = caller.kind === "anonymous" ? "anonymous" : caller.arn;
  const where = resource === "*" ? "" : ` on resource: ${shown}`;
  return `User: ${who} is not authorized to perform: ${action}${where}${reason(action, decision)}`;
}

function reason(action: string, { reason: how, by }: Decision & { readonly allowed: false }): string {
  const isTrust = action.startsWith("sts:") && by === "resource-based policy";
  if (how === "explicit-deny") {
    if (isTrust) return " with an explicit deny in the role trust policy";
    return ` with an explicit deny in ${by === "identity-based policy" ? "an" : "a"} ${by}`;
  }
  // The guide has 'because no role trust policy allows …'; STS is seen to give no reason, so that nobody learns from it
  // whether a role exists.
  return isTrust ? "" : ` because no ${by} allows the ${action} action`;
}

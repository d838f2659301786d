import { type UserIdentity } from "../../cloudtrail/index.ts";

/**
 * Who called, as the record of another account tells it: a foreign principal is an account with an id. CloudTrail User
 * Guide, "CloudTrail userIdentity element", under "userIdentity when another account assumes a role"; that calls to
 * other services are told the same way is what the guide says of `AWSAccount`.
 */
export function identitySeenFrom(accountId: string, identity: UserIdentity): UserIdentity {
  const { type, accountId: home, principalId } = identity;
  if (home === undefined || home === accountId || type === "AWSService") return identity;
  return { type: "AWSAccount", ...(principalId === undefined ? {} : { principalId }), accountId: home };
}

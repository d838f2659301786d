import { type Identity } from "../../identity/open-identity.ts";
import { defineService, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { accessKeyOperations } from "./access-keys.ts";
import { accountOperations } from "./account.ts";
import { authorizationDetailsOperations } from "./authorization-details.ts";
import { boundaryOperations } from "./boundaries.ts";
import { credentialReportOperations } from "./credential-report.ts";
import { entityPolicyOperations } from "./entity-policy-operations.ts";
import { groupOperations } from "./groups.ts";
import { type Iam } from "./iam.ts";
import { identityProviderOperations } from "./identity-providers.ts";
import { instanceProfileOperations } from "./instance-profiles.ts";
import { loginProfileOperations } from "./login-profiles.ts";
import { managedPolicyOperations } from "./managed-policies.ts";
import { mfaDeviceOperations } from "./mfa-devices.ts";
import { policyVersionOperations } from "./policy-versions.ts";
import { roleOperations } from "./roles.ts";
import { serviceLinkedRoleOperations } from "./service-linked-roles.ts";
import { simulateOperations } from "./simulate.ts";
import { userOperations } from "./users.ts";

/** IAM of the made-up AWS. */
export function iamService(world: Pick<World, "clock" | "random" | "state">, identity: Identity): Service<"iam"> {
  const iam: Iam = { world, identity, directory: identity.directory };
  return defineService("iam", {
    ...userOperations(iam),
    ...accessKeyOperations(iam),
    ...loginProfileOperations(iam),
    ...mfaDeviceOperations(iam),
    ...groupOperations(iam),
    ...roleOperations(iam),
    ...serviceLinkedRoleOperations(iam),
    ...instanceProfileOperations(iam),
    ...managedPolicyOperations(iam),
    ...policyVersionOperations(iam),
    ...entityPolicyOperations(iam),
    ...boundaryOperations(iam),
    ...identityProviderOperations(iam),
    ...accountOperations(iam),
    ...authorizationDetailsOperations(iam),
    ...credentialReportOperations(iam),
    ...simulateOperations(iam),
  });
}

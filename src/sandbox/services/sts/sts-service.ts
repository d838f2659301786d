import { type Identity } from "../../identity/open-identity.ts";
import { defineService, type Service } from "../../service.ts";
import { assumeRoleOperations } from "./assume-role.ts";
import { tokenOperations } from "./tokens.ts";

/** STS of the made-up AWS. It does not check tokens of others, so it has no AssumeRoleWithSAML or …WithWebIdentity. */
export function stsService(identity: Identity): Service<"sts"> {
  return defineService("sts", { ...assumeRoleOperations(identity), ...tokenOperations(identity) });
}

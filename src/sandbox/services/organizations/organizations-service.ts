import { type Identity } from "../../identity/open-identity.ts";
import { defineService, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { accountOperations } from "./accounts.ts";
import { handshakeOperations } from "./handshakes.ts";
import { leavingOperations } from "./leaving.ts";
import { organizationOperations } from "./organization.ts";
import { type AccountJoined, type Organizations } from "./organizations.ts";
import { policyOperations } from "./policies.ts";
import { policyTargetOperations } from "./policy-targets.ts";
import { serviceOperations } from "./services.ts";
import { tagOperations } from "./tags.ts";
import { unitOperations } from "./units.ts";

/** Organizations of the made-up AWS. */
export function organizationsService(
  world: Pick<World, "clock" | "random" | "state">,
  identity: Identity,
  joined: AccountJoined = () => undefined,
): Service<"organizations"> {
  const organizations: Organizations = { world, identity, book: identity.organizations, joined };
  return defineService("organizations", {
    ...organizationOperations(organizations),
    ...accountOperations(organizations),
    ...unitOperations(organizations),
    ...policyOperations(organizations),
    ...policyTargetOperations(organizations),
    ...serviceOperations(organizations),
    ...handshakeOperations(organizations),
    ...leavingOperations(organizations),
    ...tagOperations(organizations),
  });
}

import { keyOf } from "../../../base/lasting.ts";
import { fullAccessId, type OrganizationThing } from "../../identity/organization-book.ts";
import { membersOf, type Organizations, unitsOf } from "./organizations.ts";

const controlPolicies = "SERVICE_CONTROL_POLICY";

/** Lets everything through at a new root, unit or account, as AWS does where control policies are in use. */
export function attachFullAccess({ book }: Organizations, organization: OrganizationThing, targetId: string): void {
  if (!organization.policyTypes.includes(controlPolicies)) return;
  attach({ book }, organization, fullAccessId, targetId);
}

export function attach(
  { book }: Pick<Organizations, "book">,
  organization: OrganizationThing,
  policyId: string,
  targetId: string,
): void {
  book.attachments.put(keyOf(targetId, policyId), { organizationId: organization.id, policyId, targetId });
}

/** Takes away all that is attached to something that goes. */
export function detachAll({ book }: Organizations, targetId: string): void {
  for (const [key] of [...book.attachments.entries(keyOf(targetId, ""))]) book.attachments.delete(key);
}

/** Everything that a policy may be attached to. */
export function targetsOf(organizations: Organizations, organization: OrganizationThing): readonly string[] {
  return [
    organization.rootId,
    ...unitsOf(organizations, organization).map(({ id }) => id),
    ...membersOf(organizations, organization).map(({ accountId }) => accountId),
  ];
}

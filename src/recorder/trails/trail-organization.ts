import { type LastingState } from "../../base/lasting.ts";
import { type By } from "../by.ts";
import { type Organization, type Outlets } from "../outlets.ts";
import { refusal } from "../refusal.ts";
import { type Trail } from "../trail.ts";

export const cloudTrailPrincipal = "cloudtrail.amazonaws.com";

/** What is asked of the organization around an account. */
export interface OrganizationParts {
  readonly state: LastingState;
  readonly outlets: Pick<Outlets, "organizationOf">;
}

/**
 * The organization that a caller may make or change an organization trail for: the management account, or an account
 * that it registered (User Guide, "Prepare for creating a trail for your organization").
 */
export async function organizationForTrail(parts: OrganizationParts, by: By): Promise<Organization> {
  const organization = await parts.outlets.organizationOf(by.accountId);
  if (organization === undefined) {
    throw refusal("OrganizationsNotInUseException", `Account ${by.accountId} is not a member of an organization`);
  }
  if (!organization.hasAllFeatures) {
    throw refusal(
      "OrganizationNotInAllFeaturesModeException",
      `Organization ${organization.id} has not all features on`,
    );
  }
  if (!mayActFor(organization, by.accountId)) throw notManagement(by.accountId);
  if (!organization.trusts.includes(cloudTrailPrincipal)) {
    throw refusal("CloudTrailAccessNotEnabledException", `Organization ${organization.id} does not trust CloudTrail`);
  }
  const isManagement = organization.managementAccountId === by.accountId;
  if (!isManagement && !serviceLinkedRoles(parts.state).has(organization.managementAccountId)) {
    throw refusal(
      "NoManagementAccountSLRExistsException",
      `Management account ${organization.managementAccountId} has no service-linked role for CloudTrail`,
    );
  }
  return organization;
}

/** Management accounts that have CloudTrail's service-linked role: it is made with their first organization trail. */
export function serviceLinkedRoles(state: LastingState) {
  return state.collection<true>("cloudtrail/service-linked-roles");
}

/** Refuses who only sees an organization's trail (User Guide: members "can't modify or delete" it). */
export async function checkMayChange(parts: OrganizationParts, trail: Trail, by: By): Promise<void> {
  if (!(await mayChange(parts, trail, by))) throw notManagement(by.accountId);
}

/** Whether a trail is the caller's own, or one of the organization that it looks after CloudTrail for. */
export async function mayChange(parts: OrganizationParts, trail: Trail, by: By): Promise<boolean> {
  if (trail.ownerId === by.accountId) return true;
  const organization = await parts.outlets.organizationOf(by.accountId);
  return organization !== undefined && mayActFor(organization, by.accountId);
}

export function delegatedAdministrators(organization: Organization): readonly string[] {
  return Object.hasOwn(organization.delegatedAdministrators, cloudTrailPrincipal)
    ? (organization.delegatedAdministrators[cloudTrailPrincipal] ?? [])
    : [];
}

export function notManagement(accountId: string) {
  return refusal(
    "NotOrganizationMasterAccountException",
    `Account ${accountId} is neither the management account nor a delegated administrator of its organization`,
  );
}

function mayActFor(organization: Organization, accountId: string): boolean {
  return organization.managementAccountId === accountId || delegatedAdministrators(organization).includes(accountId);
}

import { type InputOf } from "../../aws/index.ts";
import { isAccountId } from "../arn.ts";
import { type By } from "../by.ts";
import { type Delegations, type Organization } from "../outlets.ts";
import { text } from "../parameters.ts";
import { refusal } from "../refusal.ts";
import {
  type OrganizationParts,
  cloudTrailPrincipal,
  delegatedAdministrators,
  serviceLinkedRoles,
} from "../trails/trail-organization.ts";

/** User Guide, "Quotas". */
const administratorsMax = 3;

export interface DelegationParts extends OrganizationParts {
  readonly delegations: Delegations;
}

/** Lets a member account keep the organization's trails, and makes CloudTrail's service-linked roles. */
export async function registerOrganizationDelegatedAdmin(
  parts: DelegationParts,
  input: InputOf<"cloudtrail", "RegisterOrganizationDelegatedAdmin">,
  by: By,
): Promise<object> {
  const memberId = readAccount(input.MemberAccountId, "MemberAccountId");
  const organization = await ownOrganization(parts, by);
  if (memberId === organization.managementAccountId) {
    throw refusal("CannotDelegateManagementAccountException", `Account ${memberId} is the management account`);
  }
  checkMember(organization, memberId);
  const registered = delegatedAdministrators(organization);
  if (registered.includes(memberId)) {
    throw refusal("AccountRegisteredException", `Account ${memberId} is registered already`);
  }
  if (registered.length >= administratorsMax) {
    throw refusal("DelegatedAdminAccountLimitExceededException", `There are ${administratorsMax} of at most as many`);
  }
  await parts.delegations.register(organization, memberId, cloudTrailPrincipal);
  serviceLinkedRoles(parts.state).put(organization.managementAccountId, true);
  return {};
}

export async function deregisterOrganizationDelegatedAdmin(
  parts: DelegationParts,
  input: InputOf<"cloudtrail", "DeregisterOrganizationDelegatedAdmin">,
  by: By,
): Promise<object> {
  const memberId = readAccount(input.DelegatedAdminAccountId, "DelegatedAdminAccountId");
  const organization = await ownOrganization(parts, by);
  checkMember(organization, memberId);
  if (!delegatedAdministrators(organization).includes(memberId)) {
    throw refusal("AccountNotRegisteredException", `Account ${memberId} is not registered`);
  }
  await parts.delegations.deregister(organization, memberId, cloudTrailPrincipal);
  return {};
}

/** The organization that the caller manages. */
async function ownOrganization(parts: DelegationParts, by: By): Promise<Organization> {
  const organization = await parts.outlets.organizationOf(by.accountId);
  if (organization === undefined) {
    throw refusal("OrganizationsNotInUseException", `Account ${by.accountId} is not a member of an organization`);
  }
  if (organization.managementAccountId !== by.accountId) {
    throw refusal("NotOrganizationManagementAccountException", `Account ${by.accountId} is not the management account`);
  }
  if (!organization.hasAllFeatures) {
    throw refusal(
      "OrganizationNotInAllFeaturesModeException",
      `Organization ${organization.id} has not all features on`,
    );
  }
  if (!organization.trusts.includes(cloudTrailPrincipal)) {
    throw refusal("CloudTrailAccessNotEnabledException", `Organization ${organization.id} does not trust CloudTrail`);
  }
  return organization;
}

function checkMember(organization: Organization, accountId: string): void {
  if (accountId === organization.managementAccountId || organization.memberIds.includes(accountId)) return;
  throw refusal("AccountNotFoundException", `Account ${accountId} is not in organization ${organization.id}`);
}

function readAccount(given: unknown, name: string): string {
  const accountId = text(given, name);
  if (!isAccountId(accountId)) throw refusal("InvalidParameterException", `${name} has 12 digits`);
  return accountId;
}

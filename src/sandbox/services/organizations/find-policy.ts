import { AwsError, type OutputOf } from "../../../aws/index.ts";
import {
  fullAccess,
  fullAccessId,
  type OrganizationPolicy,
  type OrganizationThing,
} from "../../identity/organization-book.ts";
import { invalidInput, notFound } from "./errors.ts";
import { type Organizations } from "./organizations.ts";

export type SummaryShape = NonNullable<
  NonNullable<OutputOf<"organizations", "DescribePolicy">["Policy"]>["PolicySummary"]
>;

/** The one type of policy that the sandbox has. */
export const control = "SERVICE_CONTROL_POLICY";

/** A control policy of the organization, or AWS's own. */
export function findPolicy(
  { book }: Organizations,
  organization: OrganizationThing,
  id: string | undefined,
): OrganizationPolicy {
  const policy = id === fullAccessId ? awsPolicy(organization) : book.policies.get(id ?? "");
  if (policy === undefined || policy.organizationId !== organization.id) {
    throw notFound("PolicyNotFoundException", "a policy");
  }
  return policy;
}

/** One that the organization may change. */
export function findOwnPolicy(
  organizations: Organizations,
  organization: OrganizationThing,
  id: string | undefined,
): OrganizationPolicy {
  if (id === fullAccessId) throw invalidInput("IMMUTABLE_POLICY");
  return findPolicy(organizations, organization, id);
}

/** AWS's policy that lets everything through, as one of the organization's. */
export function awsPolicy(organization: OrganizationThing): OrganizationPolicy {
  return {
    id: fullAccessId,
    organizationId: organization.id,
    type: control,
    name: "FullAWSAccess",
    description: "Allows access to every operation",
    content: fullAccess,
    tags: [],
  };
}

/** A policy without its content, as Organizations answers it. */
export function summaryShape(organization: OrganizationThing, policy: OrganizationPolicy): SummaryShape {
  const isAws = policy.id === fullAccessId;
  const owner = isAws ? "aws:policy" : `${organization.managementAccountId}:policy/${organization.id}`;
  return {
    Id: policy.id,
    Arn: `arn:aws:organizations::${owner}/service_control_policy/${policy.id}`,
    Name: policy.name,
    Description: policy.description,
    Type: "SERVICE_CONTROL_POLICY",
    AwsManaged: isAws,
  };
}

/** Refuses types of policies that the sandbox does not enforce. */
export function checkType(type: string | undefined): void {
  if (type === control) return;
  throw new AwsError(
    "PolicyTypeNotAvailableForOrganizationException",
    "The sandbox has service control policies only.",
  );
}

/** Refuses what needs control policies to be in use. */
export function checkEnabled(organization: OrganizationThing): void {
  if (!organization.policyTypes.includes(control)) {
    throw new AwsError(
      "PolicyTypeNotEnabledException",
      "The specified policy type is not enabled for this organization.",
    );
  }
}

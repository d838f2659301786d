import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type OrganizationThing } from "../../identity/organization-book.ts";
import { ensureServiceLinkedRole } from "../../identity/service-linked-roles.ts";
import { detachAll } from "./attachments.ts";
import { lowerText } from "./ids.ts";
import {
  managedOrganization,
  membersOf,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  ownOrganization,
  putMember,
  unitsOf,
} from "./organizations.ts";

type OrganizationShape = NonNullable<OutputOf<"organizations", "DescribeOrganization">["Organization"]>;

/** The organization itself. */
export function organizationOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book, identity } = organizations;
  return {
    CreateOrganization: {
      needs: (_, call) => [
        ...needAnywhere(call),
        {
          action: "iam:CreateServiceLinkedRole",
          resource: `arn:aws:iam::${call.accountId}:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations`,
          context: { "iam:AWSServiceName": "organizations.amazonaws.com" },
        },
      ],
      answer({ FeatureSet }, call) {
        if (book.organizationOf(call.accountId) !== undefined) {
          throw new AwsError(
            "AlreadyInOrganizationException",
            "The AWS account is already a member of an organization.",
          );
        }
        const account = identity.accounts.create(call.accountId, { name: call.accountId });
        const organization: OrganizationThing = {
          id: `o-${lowerText(world.random, 10)}`,
          managementAccountId: account.id,
          managementEmail: account.email,
          createdAt: call.at,
          rootId: `r-${lowerText(world.random, 4)}`,
          rootTags: [],
          hasAllFeatures: FeatureSet !== "CONSOLIDATED_BILLING",
          policyTypes: [],
        };
        world.state.together(() => {
          book.organizations.put(organization.id, organization);
          const { id: accountId, name, email } = account;
          putMember(
            organizations,
            organization,
            { accountId, name, email, tags: [] },
            { joinedAt: call.at, joinedMethod: "INVITED" },
          );
          const description =
            "Service-linked role used by AWS Organizations to enable integration of other AWS services with Organizations.";
          ensureServiceLinkedRole(world, identity.directory, account.id, "organizations.amazonaws.com", description);
        });
        return { Organization: organizationShape(organization) };
      },
    },
    DescribeOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer: (_, call) => ({ Organization: organizationShape(ownOrganization(organizations, call)) }),
    },
    DeleteOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const organization = managedOrganization(organizations, call);
        const others = membersOf(organizations, organization).filter(({ accountId }) => accountId !== call.accountId);
        const policies = [...book.policies.values()].filter(({ organizationId }) => organizationId === organization.id);
        if (others.length > 0 || unitsOf(organizations, organization).length > 0 || policies.length > 0) {
          throw new AwsError(
            "OrganizationNotEmptyException",
            "To delete an organization you must first remove all member accounts, OUs, and policies.",
          );
        }
        world.state.together(() => {
          for (const target of [organization.rootId, call.accountId]) detachAll(organizations, target);
          for (const [key] of [...book.services.entries(keyOf(organization.id, ""))]) book.services.delete(key);
          book.members.delete(call.accountId);
          book.organizations.delete(organization.id);
        });
        return {};
      },
    },
    ListRoots: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const organization = ownOrganization(organizations, call);
        return {
          Roots: [
            {
              Id: organization.rootId,
              Arn: `arn:aws:organizations::${organization.managementAccountId}:root/${organization.id}/${organization.rootId}`,
              Name: "Root",
              PolicyTypes: organization.policyTypes.map((Type) => ({
                Type: Type as "SERVICE_CONTROL_POLICY",
                Status: "ENABLED" as const,
              })),
            },
          ],
        };
      },
    },
  };
}

function organizationShape(organization: OrganizationThing): OrganizationShape {
  const { id, managementAccountId, managementEmail, hasAllFeatures } = organization;
  return {
    Id: id,
    Arn: `arn:aws:organizations::${managementAccountId}:organization/${id}`,
    FeatureSet: hasAllFeatures ? "ALL" : "CONSOLIDATED_BILLING",
    MasterAccountArn: `arn:aws:organizations::${managementAccountId}:account/${id}/${managementAccountId}`,
    MasterAccountId: managementAccountId,
    MasterAccountEmail: managementEmail,
    // 'Do not use': the reference says of this member that ListRoots tells the truth; it always names control policies.
    AvailablePolicyTypes: hasAllFeatures ? [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] : [],
  };
}

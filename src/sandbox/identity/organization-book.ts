import { type Collection, keyOf, type LastingState } from "../../base/lasting.ts";
import { type Tag } from "./things.ts";

export interface OrganizationThing {
  readonly id: string;
  readonly managementAccountId: string;
  readonly managementEmail: string;
  readonly createdAt: number;
  readonly rootId: string;
  readonly rootTags: readonly Tag[];
  readonly hasAllFeatures: boolean;
  readonly policyTypes: readonly string[];
}

export interface Member {
  readonly accountId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly email: string;
  readonly parentId: string;
  readonly joinedAt: number;
  readonly joinedMethod: "INVITED" | "CREATED";
  readonly status: "ACTIVE" | "SUSPENDED";
  readonly tags: readonly Tag[];
}

export interface Unit {
  readonly id: string;
  readonly organizationId: string;
  readonly parentId: string;
  readonly name: string;
  readonly tags: readonly Tag[];
}

export interface OrganizationPolicy {
  readonly id: string;
  readonly organizationId: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly tags: readonly Tag[];
}

export interface Attachment {
  readonly organizationId: string;
  readonly policyId: string;
  readonly targetId: string;
}

export interface Administrator {
  readonly organizationId: string;
  readonly accountId: string;
  readonly service: string;
  readonly at: number;
}

/** The one policy of AWS that lets everything through. */
export const fullAccessId = "p-FullAWSAccess";
export const fullAccess = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** What lasts of organizations, and what the rest of the sandbox asks of it. */
export interface OrganizationBook {
  readonly organizations: Collection<OrganizationThing>;
  /** By account. */
  readonly members: Collection<Member>;
  readonly units: Collection<Unit>;
  readonly policies: Collection<OrganizationPolicy>;
  /** By target and policy. */
  readonly attachments: Collection<Attachment>;
  /** Trusted services: by organization and service, when they came. */
  readonly services: Collection<{ readonly service: string; readonly at: number }>;
  /** By organization, account and service. */
  readonly administrators: Collection<Administrator>;
  /** The organization of an account, if it is in one. */
  organizationOf(accountId: string): OrganizationThing | undefined;
  /** From the root down to the account's own unit, such as `o-x/r-y/ou-z/`; undefined outside of organizations. */
  pathOf(accountId: string): string | undefined;
  /** The texts of the control policies on each level from the root to the account; none for a management account. */
  controlsOf(accountId: string): readonly (readonly { readonly id: string; readonly content: string }[])[];
}

/** Opens the organizations that last. */
export function openOrganizations(state: LastingState): OrganizationBook {
  const organizations = state.collection<OrganizationThing>("organizations/organizations");
  const members = state.collection<Member>("organizations/members");
  const units = state.collection<Unit>("organizations/units");
  const policies = state.collection<OrganizationPolicy>("organizations/policies");
  const attachments = state.collection<Attachment>("organizations/attachments");
  const organizationOf = (accountId: string) => {
    const member = members.get(accountId);
    return member === undefined ? undefined : organizations.get(member.organizationId);
  };
  /** The account's parent, that one's parent and so on. */
  const parentsOf = (accountId: string): readonly string[] => {
    const ids: string[] = [];
    let id = members.get(accountId)?.parentId;
    while (id !== undefined) {
      ids.push(id);
      id = units.get(id)?.parentId;
    }
    return ids;
  };
  return {
    organizations,
    members,
    units,
    policies,
    attachments,
    services: state.collection("organizations/services"),
    administrators: state.collection("organizations/administrators"),
    organizationOf,
    pathOf(accountId) {
      const organization = organizationOf(accountId);
      if (organization === undefined) return undefined;
      return `${[organization.id, ...parentsOf(accountId).toReversed()].join("/")}/`;
    },
    controlsOf(accountId) {
      const organization = organizationOf(accountId);
      if (organization === undefined || organization.managementAccountId === accountId) return [];
      if (!organization.policyTypes.includes("SERVICE_CONTROL_POLICY")) return [];
      return [...parentsOf(accountId).toReversed(), accountId].map((target) =>
        [...attachments.values(keyOf(target, ""))].flatMap(({ policyId }) => {
          if (policyId === fullAccessId) return [{ id: policyId, content: fullAccess }];
          const policy = policies.get(policyId);
          return policy?.type === "SERVICE_CONTROL_POLICY" ? [{ id: policyId, content: policy.content }] : [];
        }),
      );
    },
  };
}

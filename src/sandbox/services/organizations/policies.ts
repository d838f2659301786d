import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { fullAccessId, type OrganizationPolicy, type OrganizationThing } from "../../identity/organization-book.ts";
import { iamPolicyMessage } from "../../policy/policy-problem.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { attach, targetsOf } from "./attachments.ts";
import { constraintViolation, invalidInput, notFound } from "./errors.ts";
import { awsPolicy, checkEnabled, checkType, control, findOwnPolicy, findPolicy, summaryShape } from "./find-policy.ts";
import { lowerText } from "./ids.ts";
import {
  arnIn,
  managedOrganization,
  mergeTags,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  readableOrganization,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

type PolicyShape = NonNullable<OutputOf<"organizations", "DescribePolicy">["Policy"]>;

/** Organizations User Guide, 'Quotas for AWS Organizations'. */
const contentMax = 5120;

/** Service control policies, which the sandbox enforces; it has none of other types. Where they hang: `policy-targets.ts`. */
export function policyOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book } = organizations;
  const checkName = (organization: OrganizationThing, name: string, own?: string) => {
    if (name.length === 0 || name.length > 128) throw invalidInput("MAX_LENGTH_EXCEEDED");
    const isTaken = [...book.policies.values()].some(
      (policy) => policy.organizationId === organization.id && policy.name === name && policy.id !== own,
    );
    if (isTaken) throw new AwsError("DuplicatePolicyException", "A policy with the same name already exists.");
  };
  return {
    EnablePolicyType: {
      needs: (_, call) => needAnywhere(call),
      answer({ RootId, PolicyType }, call) {
        const organization = managedOrganization(organizations, call);
        checkRoot(organization, RootId);
        checkType(PolicyType);
        if (!organization.hasAllFeatures) throw notAllFeatures();
        if (organization.policyTypes.includes(control)) {
          throw new AwsError("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled.");
        }
        const changed = { ...organization, policyTypes: [...organization.policyTypes, control] };
        world.state.together(() => {
          book.organizations.put(organization.id, changed);
          for (const target of targetsOf(organizations, changed)) attach(organizations, changed, fullAccessId, target);
        });
        return { Root: rootShape(changed) };
      },
    },
    DisablePolicyType: {
      needs: (_, call) => needAnywhere(call),
      answer({ RootId, PolicyType }, call) {
        const organization = managedOrganization(organizations, call);
        checkRoot(organization, RootId);
        checkType(PolicyType);
        checkEnabled(organization);
        const changed = { ...organization, policyTypes: organization.policyTypes.filter((type) => type !== control) };
        world.state.together(() => {
          book.organizations.put(organization.id, changed);
          for (const [key, { organizationId }] of [...book.attachments.entries()]) {
            if (organizationId === organization.id) book.attachments.delete(key);
          }
        });
        return { Root: rootShape(changed) };
      },
    },
    CreatePolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = managedOrganization(organizations, call);
        checkType(input.Type);
        if (!organization.hasAllFeatures) throw notAllFeatures();
        const name = input.Name ?? "";
        checkName(organization, name);
        const description = input.Description ?? "";
        if (description.length > 512) throw invalidInput("MAX_LENGTH_EXCEEDED");
        const policy: OrganizationPolicy = {
          id: `p-${lowerText(world.random, 8)}`,
          organizationId: organization.id,
          type: control,
          name,
          description,
          content: checkContent(input.Content),
          tags: mergeTags([], input.Tags),
        };
        book.policies.put(policy.id, policy);
        return { Policy: policyShape(organization, policy) };
      },
    },
    UpdatePolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = managedOrganization(organizations, call);
        const policy = findOwnPolicy(organizations, organization, input.PolicyId);
        if (input.Name !== undefined) checkName(organization, input.Name, policy.id);
        const changed = {
          ...policy,
          name: input.Name ?? policy.name,
          description: input.Description ?? policy.description,
          content: input.Content === undefined ? policy.content : checkContent(input.Content),
        };
        book.policies.put(policy.id, changed);
        return { Policy: policyShape(organization, changed) };
      },
    },
    DescribePolicy: {
      needs: (_, call) => needAnywhere(call),
      answer({ PolicyId }, call) {
        const organization = readableOrganization(organizations, call);
        return { Policy: policyShape(organization, findPolicy(organizations, organization, PolicyId)) };
      },
    },
    DeletePolicy: {
      needs: (_, call) => needAnywhere(call),
      answer({ PolicyId }, call) {
        const organization = managedOrganization(organizations, call);
        const policy = findOwnPolicy(organizations, organization, PolicyId);
        if ([...book.attachments.values()].some(({ policyId }) => policyId === policy.id)) {
          throw new AwsError("PolicyInUseException", "The policy is attached to one or more entities.");
        }
        book.policies.delete(policy.id);
        return {};
      },
    },
    ListPolicies: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        checkType(input.Filter);
        const own = [...book.policies.values()].filter(({ organizationId }) => organizationId === organization.id);
        const { items, ...page } = pageOf([awsPolicy(organization), ...own], input, ({ id }) => id);
        return { Policies: items.map((policy) => summaryShape(organization, policy)), ...page };
      },
    },
  };
}

function rootShape(organization: OrganizationThing) {
  return {
    Id: organization.rootId,
    Arn: arnIn(organization, "root", organization.rootId),
    Name: "Root",
    PolicyTypes: organization.policyTypes.map(() => ({
      Type: "SERVICE_CONTROL_POLICY" as const,
      Status: "ENABLED" as const,
    })),
  };
}

function policyShape(organization: OrganizationThing, policy: OrganizationPolicy): PolicyShape {
  return { PolicySummary: summaryShape(organization, policy), Content: policy.content };
}

function checkContent(content: string | undefined): string {
  const text = content ?? "";
  if (text.length > contentMax) {
    throw constraintViolation("POLICY_CONTENT_LIMIT_EXCEEDED", "Your policy content is too large.");
  }
  const read = readPolicy(text, { on: "control" });
  if (!read.ok) {
    throw new AwsError(
      "MalformedPolicyDocumentException",
      `The provided policy document does not meet the requirements of the specified policy type. ${iamPolicyMessage(read.problem)}`,
    );
  }
  return text;
}

function checkRoot(organization: OrganizationThing, rootId: string | undefined): void {
  if (rootId !== organization.rootId) throw notFound("RootNotFoundException", "a root");
}

function notAllFeatures(): AwsError {
  return new AwsError(
    "PolicyTypeNotAvailableForOrganizationException",
    "You can't use the specified policy type with the feature set currently enabled for this organization.",
  );
}

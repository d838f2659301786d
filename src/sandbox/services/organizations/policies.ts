import { AwsError, type OutputOf } from "../../../aws/index.ts";
import {
  fullAccess,
  fullAccessId,
  type OrganizationPolicy,
  type OrganizationThing,
} from "../../identity/organization-book.ts";
import { keyOf } from "../../state/collection.ts";
import { iamPolicyMessage } from "../../policy/policy-problem.ts";
import { readPolicy } from "../../policy/read-policy.ts";
import { attach, targetsOf } from "./attachments.ts";
import { constraintViolation, invalidInput, notFound } from "./errors.ts";
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
type SummaryShape = NonNullable<PolicyShape["PolicySummary"]>;

const control = "SERVICE_CONTROL_POLICY";
/** Organizations User Guide, 'Quotas for AWS Organizations'. */
const attachedMax = 5;
const contentMax = 5120;

/** Service control policies, which the sandbox enforces; it has no policies of other types. */
export function policyOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book } = organizations;
  const find = (organization: OrganizationThing, id: string | undefined): OrganizationPolicy => {
    const policy = id === fullAccessId ? awsPolicy(organization) : book.policies.get(id ?? "");
    if (policy === undefined || policy.organizationId !== organization.id) {
      throw notFound("PolicyNotFoundException", "a policy");
    }
    return policy;
  };
  const findOwn = (organization: OrganizationThing, id: string | undefined): OrganizationPolicy => {
    if (id === fullAccessId) throw invalidInput("IMMUTABLE_POLICY");
    return find(organization, id);
  };
  const findTarget = (organization: OrganizationThing, id: string | undefined): string => {
    const target = targetsOf(organizations, organization).find((candidate) => candidate === id);
    if (target === undefined) throw notFound("TargetNotFoundException", "a root, OU, or account");
    return target;
  };
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
        const policy = findOwn(organization, input.PolicyId);
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
        return { Policy: policyShape(organization, find(organization, PolicyId)) };
      },
    },
    DeletePolicy: {
      needs: (_, call) => needAnywhere(call),
      answer({ PolicyId }, call) {
        const organization = managedOrganization(organizations, call);
        const policy = findOwn(organization, PolicyId);
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
    AttachPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer({ PolicyId, TargetId }, call) {
        const organization = managedOrganization(organizations, call);
        const policy = find(organization, PolicyId);
        const target = findTarget(organization, TargetId);
        checkEnabled(organization);
        if (book.attachments.has(keyOf(target, policy.id))) {
          throw new AwsError(
            "DuplicatePolicyAttachmentException",
            "The selected policy is already attached to the specified target.",
          );
        }
        if ([...book.attachments.values(keyOf(target, ""))].length >= attachedMax) {
          throw constraintViolation(
            "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            "You have exceeded the number of policies of that type that can be attached to an entity.",
          );
        }
        attach(organizations, organization, policy.id, target);
        return {};
      },
    },
    DetachPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer({ PolicyId, TargetId }, call) {
        const organization = managedOrganization(organizations, call);
        const policy = find(organization, PolicyId);
        const target = findTarget(organization, TargetId);
        if (!book.attachments.has(keyOf(target, policy.id))) {
          throw new AwsError(
            "PolicyNotAttachedException",
            "The policy isn't attached to the specified target in the specified root.",
          );
        }
        if ([...book.attachments.values(keyOf(target, ""))].length === 1) {
          throw constraintViolation(
            "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
            "You can't detach the last policy of this type.",
          );
        }
        book.attachments.delete(keyOf(target, policy.id));
        return {};
      },
    },
    ListPoliciesForTarget: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        checkType(input.Filter);
        const target = findTarget(organization, input.TargetId);
        const attached = [...book.attachments.values(keyOf(target, ""))].map(({ policyId }) =>
          find(organization, policyId),
        );
        const { items, ...page } = pageOf(attached, input, ({ id }) => id);
        return { Policies: items.map((policy) => summaryShape(organization, policy)), ...page };
      },
    },
    ListTargetsForPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const policy = find(organization, input.PolicyId);
        const targets = [...book.attachments.values()].filter(
          ({ policyId, organizationId }) => policyId === policy.id && organizationId === organization.id,
        );
        const { items, ...page } = pageOf(targets, input, ({ targetId }) => targetId);
        return { Targets: items.map(({ targetId }) => targetShape(organizations, organization, targetId)), ...page };
      },
    },
  };
}

function targetShape({ book }: Organizations, organization: OrganizationThing, targetId: string) {
  const member = book.members.get(targetId);
  if (member !== undefined) {
    return {
      TargetId: targetId,
      Arn: arnIn(organization, "account", targetId),
      Name: member.name,
      Type: "ACCOUNT" as const,
    };
  }
  const unit = book.units.get(targetId);
  return unit === undefined
    ? { TargetId: targetId, Arn: arnIn(organization, "root", targetId), Name: "Root", Type: "ROOT" as const }
    : {
        TargetId: targetId,
        Arn: arnIn(organization, "ou", targetId),
        Name: unit.name,
        Type: "ORGANIZATIONAL_UNIT" as const,
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

function awsPolicy(organization: OrganizationThing): OrganizationPolicy {
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

function policyShape(organization: OrganizationThing, policy: OrganizationPolicy): PolicyShape {
  return { PolicySummary: summaryShape(organization, policy), Content: policy.content };
}

function summaryShape(organization: OrganizationThing, policy: OrganizationPolicy): SummaryShape {
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

function checkType(type: string | undefined): void {
  if (type === control) return;
  throw new AwsError(
    "PolicyTypeNotAvailableForOrganizationException",
    "The sandbox has service control policies only.",
  );
}

function checkEnabled(organization: OrganizationThing): void {
  if (!organization.policyTypes.includes(control)) {
    throw new AwsError(
      "PolicyTypeNotEnabledException",
      "The specified policy type is not enabled for this organization.",
    );
  }
}

function notAllFeatures(): AwsError {
  return new AwsError(
    "PolicyTypeNotAvailableForOrganizationException",
    "You can't use the specified policy type with the feature set currently enabled for this organization.",
  );
}

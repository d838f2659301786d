import { AwsError } from "../../../aws/index.ts";
import { keyOf } from "../../../base/lasting.ts";
import { type OrganizationThing } from "../../identity/organization-book.ts";
import { attach, targetsOf } from "./attachments.ts";
import { constraintViolation, notFound } from "./errors.ts";
import { checkEnabled, checkType, findPolicy, summaryShape } from "./find-policy.ts";
import {
  arnIn,
  managedOrganization,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  readableOrganization,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

/** Organizations User Guide, 'Quotas for AWS Organizations'. */
const attachedMax = 5;

/** Which policies hang on which root, unit and account. */
export function policyTargetOperations(organizations: Organizations): OrganizationsOperations {
  const { book } = organizations;
  const findTarget = (organization: OrganizationThing, id: string | undefined): string => {
    const target = targetsOf(organizations, organization).find((candidate) => candidate === id);
    if (target === undefined) throw notFound("TargetNotFoundException", "a root, OU, or account");
    return target;
  };
  return {
    AttachPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer({ PolicyId, TargetId }, call) {
        const organization = managedOrganization(organizations, call);
        const policy = findPolicy(organizations, organization, PolicyId);
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
        const policy = findPolicy(organizations, organization, PolicyId);
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
          findPolicy(organizations, organization, policyId),
        );
        const { items, ...page } = pageOf(attached, input, ({ id }) => id);
        return { Policies: items.map((policy) => summaryShape(organization, policy)), ...page };
      },
    },
    ListTargetsForPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const policy = findPolicy(organizations, organization, input.PolicyId);
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

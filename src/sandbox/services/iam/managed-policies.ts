import { type OutputOf } from "../../../aws/index.ts";
import { allAwsManagedPolicies } from "../../identity/aws-managed-policies.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type ManagedPolicy } from "../../identity/things.ts";
import { makeUniqueId } from "../../identity/unique-ids.ts";
import { attachmentsOf, boundariesOf } from "./attachment-counts.ts";
import { checkDocument, sizeLimits, sizeOf } from "./documents.ts";
import { alreadyExists, deleteConflict, notImplemented, quotaExceeded } from "./errors.ts";
import { findOwnPolicy, findPolicy } from "./find-policy.ts";
import { dateOf, type Iam, type IamOperations, needOn, newArn, tagContext } from "./iam.ts";
import { pageOf, underPath } from "./paging.ts";
import {
  checkLength,
  checkName,
  checkOneOf,
  checkPath,
  checkPathPrefix,
  mergeTags,
  withoutTags,
} from "./validation.ts";

type PolicyShape = NonNullable<OutputOf<"iam", "GetPolicy">["Policy"]>;

const policiesMax = 1500;

/** Managed policies; their versions stand in `policy-versions.ts`. */
export function managedPolicyOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  return {
    CreatePolicy: {
      needs: ({ PolicyName, Path, Tags }, call) => [
        needOn(call, newArn(call, "policy", Path, PolicyName), tagContext(Tags)),
      ],
      answer(input, call) {
        const name = checkName("policyName", input.PolicyName, 128);
        const path = checkPath(input.Path);
        const description = input.Description ?? "";
        checkLength("description", description, 0, 1000);
        const tags = mergeTags([], input.Tags);
        const document = input.PolicyDocument ?? "";
        checkDocument(document);
        if (sizeOf(document) > sizeLimits.managed) throw quotaExceeded("PolicySize", sizeLimits.managed);
        if (directory.policies.isTaken(call.accountId, name)) {
          throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
        }
        if ([...directory.policies.of(call.accountId)].length >= policiesMax) {
          throw quotaExceeded("PoliciesPerAccount", policiesMax);
        }
        const policy: ManagedPolicy = {
          accountId: call.accountId,
          name,
          path,
          arn: entityArn("policy", { accountId: call.accountId, path, name }),
          id: makeUniqueId(world.random, "ANPA"),
          description,
          createdAt: call.at,
          updatedAt: call.at,
          versions: [{ id: "v1", document, createdAt: call.at }],
          defaultVersionId: "v1",
          nextVersion: 2,
          tags,
        };
        directory.policies.put(policy);
        return { Policy: { ...policyShape(iam, policy, call.accountId), Description: undefined } };
      },
    },
    GetPolicy: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer: ({ PolicyArn }, call) => ({
        Policy: policyShape(iam, findPolicy(iam, call.accountId, PolicyArn), call.accountId),
      }),
    },
    ListPolicies: {
      needs: (_, call) => [needOn(call, "*")],
      answer(input, call) {
        const scope = checkOneOf("scope", input.Scope ?? "All", ["All", "AWS", "Local"]);
        const usage = input.PolicyUsageFilter;
        if (usage !== undefined) checkOneOf("policyUsageFilter", usage, ["PermissionsPolicy", "PermissionsBoundary"]);
        const all = [
          ...(scope === "Local" ? [] : allAwsManagedPolicies()),
          ...(scope === "AWS" ? [] : directory.policies.of(call.accountId)),
        ];
        const attached = attachmentsOf(iam, call.accountId);
        const boundaries = boundariesOf(iam, call.accountId);
        const wanted = underPath(all, checkPathPrefix(input.PathPrefix)).filter(
          ({ arn }) =>
            (input.OnlyAttached !== true || attached.has(arn) || boundaries.has(arn)) &&
            (usage === undefined || (usage === "PermissionsBoundary" ? boundaries.has(arn) : attached.has(arn))),
        );
        const { items, ...page } = pageOf(wanted, input, ({ arn }) => arn);
        const shapes = items.map((policy) => ({
          ...policyShape(iam, policy, call.accountId),
          Description: undefined,
          Tags: undefined,
        }));
        return { Policies: shapes, ...page };
      },
    },
    DeletePolicy: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer({ PolicyArn }, call) {
        const policy = findOwnPolicy(iam, call, PolicyArn);
        const { arn } = policy;
        if (attachmentsOf(iam, call.accountId).has(arn) || boundariesOf(iam, call.accountId).has(arn)) {
          throw deleteConflict("Cannot delete a policy attached to entities.");
        }
        if (policy.versions.length > 1) {
          throw deleteConflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
          );
        }
        directory.policies.delete(policy);
        return {};
      },
    },
    ListEntitiesForPolicy: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer(input, call) {
        const { arn } = findPolicy(iam, call.accountId, input.PolicyArn);
        const prefix = checkPathPrefix(input.PathPrefix);
        const filter = input.EntityFilter;
        if (filter === "LocalManagedPolicy" || filter === "AWSManagedPolicy") {
          throw notImplemented("The sandbox filters by User, Role and Group only");
        }
        const isBoundary = input.PolicyUsageFilter === "PermissionsBoundary";
        const found = [
          ...(filter === undefined || filter === "User" ? underPath(directory.users.of(call.accountId), prefix) : []),
          ...(filter === undefined || filter === "Role" ? underPath(directory.roles.of(call.accountId), prefix) : []),
          ...(filter === undefined || filter === "Group" ? underPath(directory.groups.of(call.accountId), prefix) : []),
        ].filter((entity) =>
          isBoundary ? "boundaryArn" in entity && entity.boundaryArn === arn : entity.attached.includes(arn),
        );
        const { items, ...page } = pageOf(found, input, ({ id }) => id);
        return {
          PolicyUsers: items
            .filter((item) => item.id.startsWith("AIDA"))
            .map(({ name, id }) => ({ UserName: name, UserId: id })),
          PolicyRoles: items
            .filter((item) => item.id.startsWith("AROA"))
            .map(({ name, id }) => ({ RoleName: name, RoleId: id })),
          PolicyGroups: items
            .filter((item) => item.id.startsWith("AGPA"))
            .map(({ name, id }) => ({ GroupName: name, GroupId: id })),
          ...page,
        };
      },
    },
    TagPolicy: {
      needs: ({ PolicyArn, Tags }, call) => [needOn(call, PolicyArn ?? "", tagContext(Tags))],
      answer({ PolicyArn, Tags }, call) {
        const policy = findOwnPolicy(iam, call, PolicyArn);
        directory.policies.put({ ...policy, tags: mergeTags(policy.tags, Tags) });
        return {};
      },
    },
    UntagPolicy: {
      needs: ({ PolicyArn, TagKeys }, call) => [needOn(call, PolicyArn ?? "", { "aws:TagKeys": TagKeys ?? [] })],
      answer({ PolicyArn, TagKeys }, call) {
        const policy = findOwnPolicy(iam, call, PolicyArn);
        directory.policies.put({ ...policy, tags: withoutTags(policy.tags, TagKeys) });
        return {};
      },
    },
    ListPolicyTags: {
      needs: ({ PolicyArn }, call) => [needOn(call, PolicyArn ?? "")],
      answer(input, call) {
        const { tags } = findPolicy(iam, call.accountId, input.PolicyArn);
        const { items, ...page } = pageOf(tags, input, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
  };
}

/** A managed policy as IAM answers it. */
export function policyShape(iam: Iam, policy: ManagedPolicy, accountId: string): PolicyShape {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachmentsOf(iam, accountId).get(policy.arn) ?? 0,
    PermissionsBoundaryUsageCount: boundariesOf(iam, accountId).get(policy.arn) ?? 0,
    IsAttachable: true,
    ...(policy.description === "" ? {} : { Description: policy.description }),
    CreateDate: dateOf(policy.createdAt),
    UpdateDate: dateOf(policy.updatedAt),
    Tags: [...policy.tags],
  };
}

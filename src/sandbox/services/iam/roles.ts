import { type OutputOf } from "../../../aws/index.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type Role } from "../../identity/things.ts";
import { currentTrust } from "../../identity/trust-policy.ts";
import { makeUniqueId } from "../../identity/unique-ids.ts";
import { boundaryShape, checkBoundary } from "./boundaries.ts";
import { checkTrust } from "./documents.ts";
import { alreadyExists, deleteConflict, quotaExceeded } from "./errors.ts";
import { findOwnRole, findRole } from "./find-entity.ts";
import { arnOfNamed, dateOf, encodeDocument, type Iam, type IamOperations, needOn, newArn, tagContext } from "./iam.ts";
import { pageOf, underPath } from "./paging.ts";
import {
  checkLength,
  checkName,
  checkPath,
  checkPathPrefix,
  checkRange,
  constraintError,
  mergeTags,
  withoutTags,
} from "./validation.ts";

type RoleShape = NonNullable<OutputOf<"iam", "GetRole">["Role"]>;

const rolesMax = 1000;

/** Roles themselves. */
export function roleOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  return {
    CreateRole: {
      needs: ({ RoleName, Path, PermissionsBoundary, Tags }, call) => [
        needOn(call, newArn(call, "role", Path, RoleName), {
          ...tagContext(Tags),
          ...(PermissionsBoundary === undefined ? {} : { "iam:PermissionsBoundary": PermissionsBoundary }),
        }),
      ],
      answer(input, call) {
        const name = checkName("roleName", input.RoleName, 64);
        const path = checkPath(input.Path);
        const description = checkDescription(input.Description);
        const maxSessionSeconds = checkSessionDuration(input.MaxSessionDuration);
        const tags = mergeTags([], input.Tags);
        const trust = checkTrust(input.AssumeRolePolicyDocument, directory);
        if (directory.roles.isTaken(call.accountId, name)) {
          throw alreadyExists(`Role with name ${name} already exists.`);
        }
        if ([...directory.roles.of(call.accountId)].length >= rolesMax)
          throw quotaExceeded("RolesPerAccount", rolesMax);
        const boundaryArn = checkBoundary(iam, call, input.PermissionsBoundary);
        const role: Role = {
          accountId: call.accountId,
          name,
          path,
          id: makeUniqueId(world.random, "AROA"),
          createdAt: call.at,
          attached: [],
          inline: [],
          ...trust,
          description,
          maxSessionSeconds,
          tags,
          boundaryArn,
        };
        directory.roles.put(role);
        // What was just made has neither of these in AWS's answer.
        return {
          Role: { ...roleShape(iam, role), RoleLastUsed: undefined, MaxSessionDuration: input.MaxSessionDuration },
        };
      },
    },
    GetRole: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer: ({ RoleName }, call) => ({ Role: roleShape(iam, findRole(iam, call.accountId, RoleName)) }),
    },
    ListRoles: {
      needs: ({ PathPrefix }, call) => [needOn(call, `arn:aws:iam::${call.accountId}:role${PathPrefix ?? "/"}`)],
      answer(input, call) {
        const all = underPath(directory.roles.of(call.accountId), checkPathPrefix(input.PathPrefix));
        const { items, ...page } = pageOf(all, input, ({ name }) => name.toLowerCase());
        // 'IAM resource-listing operations return a subset of the available attributes': API Reference, ListRoles.
        const shapes = items.map((role) => ({
          ...roleShape(iam, role),
          RoleLastUsed: undefined,
          Tags: undefined,
          PermissionsBoundary: undefined,
        }));
        return { Roles: shapes, ...page };
      },
    },
    UpdateRole: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer(input, call) {
        const role = findOwnRole(iam, call.accountId, input.RoleName);
        const maxSessionSeconds =
          input.MaxSessionDuration === undefined
            ? role.maxSessionSeconds
            : checkSessionDuration(input.MaxSessionDuration);
        const description = input.Description === undefined ? role.description : checkDescription(input.Description);
        directory.roles.put({ ...role, maxSessionSeconds, description });
        return {};
      },
    },
    UpdateRoleDescription: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer(input, call) {
        const role = {
          ...findRole(iam, call.accountId, input.RoleName),
          description: checkDescription(input.Description),
        };
        directory.roles.put(role);
        return { Role: roleShape(iam, role) };
      },
    },
    UpdateAssumeRolePolicy: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer(input, call) {
        const role = findOwnRole(iam, call.accountId, input.RoleName);
        directory.roles.put({ ...role, ...checkTrust(input.PolicyDocument, directory) });
        return {};
      },
    },
    DeleteRole: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer({ RoleName }, call) {
        const role = findOwnRole(iam, call.accountId, RoleName);
        if ([...directory.instanceProfiles.of(call.accountId)].some((profile) => profile.roleName === role.name)) {
          throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        }
        if (role.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
        if (role.inline.length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
        directory.roles.delete(role);
        return {};
      },
    },
    TagRole: {
      needs: ({ RoleName, Tags }, call) => [
        needOn(
          call,
          arnOfNamed(iam, call, "role", RoleName),
          tagContext(Tags, directory.roles.get(call.accountId, RoleName ?? "")?.tags),
        ),
      ],
      answer({ RoleName, Tags }, call) {
        const role = findOwnRole(iam, call.accountId, RoleName);
        directory.roles.put({ ...role, tags: mergeTags(role.tags, Tags) });
        return {};
      },
    },
    UntagRole: {
      needs: ({ RoleName, TagKeys }, call) => [
        needOn(call, arnOfNamed(iam, call, "role", RoleName), { "aws:TagKeys": TagKeys ?? [] }),
      ],
      answer({ RoleName, TagKeys }, call) {
        const role = findOwnRole(iam, call.accountId, RoleName);
        directory.roles.put({ ...role, tags: withoutTags(role.tags, TagKeys) });
        return {};
      },
    },
    ListRoleTags: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer(input, call) {
        const { items, ...page } = pageOf(findRole(iam, call.accountId, input.RoleName).tags, input, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
  };
}

/** A role as IAM answers it. */
export function roleShape({ directory }: Iam, role: Role): RoleShape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: entityArn("role", role),
    CreateDate: dateOf(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(currentTrust(role, directory)),
    ...(role.description === "" ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
    ...boundaryShape(role.boundaryArn),
    ...(role.tags.length === 0 ? {} : { Tags: [...role.tags] }),
    RoleLastUsed: role.usedAt === undefined ? {} : { LastUsedDate: dateOf(role.usedAt), Region: role.usedRegion },
  };
}

function checkSessionDuration(seconds: number | undefined): number {
  const value = seconds ?? 3600;
  checkRange("maxSessionDuration", value, 3600, 43_200);
  return value;
}

function checkDescription(description: string | undefined): string {
  const value = description ?? "";
  checkLength("description", value, 0, 1000);
  if (!/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/.test(value)) {
    throw constraintError(
      "description",
      value,
      "satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
    );
  }
  return value;
}

import { type OutputOf } from "../../../aws/index.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type InstanceProfile } from "../../identity/things.ts";
import { makeUniqueId } from "../../identity/unique-ids.ts";
import { type Call } from "../../service.ts";
import { alreadyExists, deleteConflict, noSuchEntity, notFound, quotaExceeded } from "./errors.ts";
import { findRole } from "./find-entity.ts";
import { arnOfNamed, dateOf, type Iam, type IamOperations, needOn, newArn, tagContext } from "./iam.ts";
import { pageOf, underPath } from "./paging.ts";
import { roleShape } from "./roles.ts";
import { checkName, checkPath, checkPathPrefix, mergeTags, withoutTags } from "./validation.ts";

type ProfileShape = NonNullable<OutputOf<"iam", "GetInstanceProfile">["InstanceProfile"]>;

/** Instance profiles, each with one role at most. */
export function instanceProfileOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  const find = (call: Call, name: string | undefined): InstanceProfile => {
    const profile = directory.instanceProfiles.get(call.accountId, name ?? "");
    if (profile === undefined) throw noSuchEntity(`Instance Profile ${name ?? ""} cannot be found.`);
    return profile;
  };
  const shape = (profile: InstanceProfile): ProfileShape => {
    const role = profile.roleName === undefined ? undefined : directory.roles.get(profile.accountId, profile.roleName);
    return {
      Path: profile.path,
      InstanceProfileName: profile.name,
      InstanceProfileId: profile.id,
      Arn: entityArn("instance-profile", profile),
      CreateDate: dateOf(profile.createdAt),
      Roles: role === undefined ? [] : [{ ...roleShape(iam, role), RoleLastUsed: undefined, Tags: undefined }],
      ...(profile.tags.length === 0 ? {} : { Tags: [...profile.tags] }),
    };
  };
  const needNamed = (call: Call, name: string | undefined, context = {}) => [
    needOn(call, arnOfNamed(iam, call, "instance-profile", name), context),
  ];
  return {
    CreateInstanceProfile: {
      needs: ({ InstanceProfileName, Path, Tags }, call) => [
        needOn(call, newArn(call, "instance-profile", Path, InstanceProfileName), tagContext(Tags)),
      ],
      answer(input, call) {
        const name = checkName("instanceProfileName", input.InstanceProfileName, 128);
        const path = checkPath(input.Path);
        if (directory.instanceProfiles.isTaken(call.accountId, name)) {
          throw alreadyExists(`Instance Profile ${name} already exists.`);
        }
        const profile: InstanceProfile = {
          accountId: call.accountId,
          name,
          path,
          id: makeUniqueId(world.random, "AIPA"),
          createdAt: call.at,
          tags: mergeTags([], input.Tags),
        };
        directory.instanceProfiles.put(profile);
        return { InstanceProfile: shape(profile) };
      },
    },
    GetInstanceProfile: {
      needs: ({ InstanceProfileName }, call) => needNamed(call, InstanceProfileName),
      answer: ({ InstanceProfileName }, call) => ({ InstanceProfile: shape(find(call, InstanceProfileName)) }),
    },
    ListInstanceProfiles: {
      needs: ({ PathPrefix }, call) => [
        needOn(call, `arn:aws:iam::${call.accountId}:instance-profile${PathPrefix ?? "/"}`),
      ],
      answer(input, call) {
        const all = underPath(directory.instanceProfiles.of(call.accountId), checkPathPrefix(input.PathPrefix));
        const { items, ...page } = pageOf(all, input, ({ name }) => name.toLowerCase());
        return { InstanceProfiles: items.map((profile) => ({ ...shape(profile), Tags: undefined })), ...page };
      },
    },
    ListInstanceProfilesForRole: {
      needs: ({ RoleName }, call) => [needOn(call, arnOfNamed(iam, call, "role", RoleName))],
      answer(input, call) {
        const { name } = findRole(iam, call.accountId, input.RoleName);
        const own = [...directory.instanceProfiles.of(call.accountId)].filter(({ roleName }) => roleName === name);
        const { items, ...page } = pageOf(own, input, (profile) => profile.name.toLowerCase());
        return { InstanceProfiles: items.map((profile) => ({ ...shape(profile), Tags: undefined })), ...page };
      },
    },
    DeleteInstanceProfile: {
      needs: ({ InstanceProfileName }, call) => needNamed(call, InstanceProfileName),
      answer({ InstanceProfileName }, call) {
        const profile = find(call, InstanceProfileName);
        if (profile.roleName !== undefined) {
          throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        }
        directory.instanceProfiles.delete(profile);
        return {};
      },
    },
    AddRoleToInstanceProfile: {
      needs: ({ InstanceProfileName, RoleName }, call) => [
        ...needNamed(call, InstanceProfileName),
        {
          action: "iam:PassRole",
          resource: arnOfNamed(iam, call, "role", RoleName),
          context: { "iam:PassedToService": "ec2.amazonaws.com" },
        },
      ],
      answer({ InstanceProfileName, RoleName }, call) {
        const profile = find(call, InstanceProfileName);
        const { name } = findRole(iam, call.accountId, RoleName);
        if (profile.roleName !== undefined) throw quotaExceeded("InstanceSessionsPerInstanceProfile", 1);
        directory.instanceProfiles.put({ ...profile, roleName: name });
        return {};
      },
    },
    RemoveRoleFromInstanceProfile: {
      needs: ({ InstanceProfileName }, call) => needNamed(call, InstanceProfileName),
      answer({ InstanceProfileName, RoleName }, call) {
        const profile = find(call, InstanceProfileName);
        if (profile.roleName === undefined || profile.roleName !== RoleName) throw notFound("role", RoleName);
        directory.instanceProfiles.put({ ...profile, roleName: undefined });
        return {};
      },
    },
    TagInstanceProfile: {
      needs: ({ InstanceProfileName, Tags }, call) => needNamed(call, InstanceProfileName, tagContext(Tags)),
      answer({ InstanceProfileName, Tags }, call) {
        const profile = find(call, InstanceProfileName);
        directory.instanceProfiles.put({ ...profile, tags: mergeTags(profile.tags, Tags) });
        return {};
      },
    },
    UntagInstanceProfile: {
      needs: ({ InstanceProfileName, TagKeys }, call) =>
        needNamed(call, InstanceProfileName, { "aws:TagKeys": TagKeys ?? [] }),
      answer({ InstanceProfileName, TagKeys }, call) {
        const profile = find(call, InstanceProfileName);
        directory.instanceProfiles.put({ ...profile, tags: withoutTags(profile.tags, TagKeys) });
        return {};
      },
    },
    ListInstanceProfileTags: {
      needs: ({ InstanceProfileName }, call) => needNamed(call, InstanceProfileName),
      answer(input, call) {
        const { items, ...page } = pageOf(find(call, input.InstanceProfileName).tags, input, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
  };
}

import { type OutputOf } from "../../../aws/index.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { type Group } from "../../identity/things.ts";
import { makeUniqueId } from "../../identity/unique-ids.ts";
import { alreadyExists, deleteConflict, quotaExceeded } from "./errors.ts";
import { findGroup, findUser } from "./find-entity.ts";
import { arnOfNamed, dateOf, type Iam, type IamOperations, needOn, newArn } from "./iam.ts";
import { pageOf, underPath } from "./paging.ts";
import { userShape } from "./users.ts";
import { checkName, checkPath, checkPathPrefix } from "./validation.ts";

type GroupShape = NonNullable<OutputOf<"iam", "CreateGroup">["Group"]>;

const groupsMax = 300;
const groupsOfUserMax = 10;

/** Groups and who is in them. */
export function groupOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  const membersOf = (group: Group) =>
    [...directory.users.of(group.accountId)].filter(({ groupIds }) => groupIds.includes(group.id));
  return {
    CreateGroup: {
      needs: ({ GroupName, Path }, call) => [needOn(call, newArn(call, "group", Path, GroupName))],
      answer(input, call) {
        const name = checkName("groupName", input.GroupName, 128);
        const path = checkPath(input.Path);
        if (directory.groups.isTaken(call.accountId, name)) {
          throw alreadyExists(`Group with name ${name} already exists.`);
        }
        if ([...directory.groups.of(call.accountId)].length >= groupsMax) {
          throw quotaExceeded("GroupsPerAccount", groupsMax);
        }
        const id = makeUniqueId(world.random, "AGPA");
        const group: Group = {
          accountId: call.accountId,
          name,
          path,
          id,
          createdAt: call.at,
          attached: [],
          inline: [],
        };
        directory.groups.put(group);
        return { Group: groupShape(group) };
      },
    },
    GetGroup: {
      needs: ({ GroupName }, call) => [needOn(call, arnOfNamed(iam, call, "group", GroupName))],
      answer(input, call) {
        const group = findGroup(iam, call.accountId, input.GroupName);
        const { items, ...page } = pageOf(membersOf(group), input, ({ name }) => name.toLowerCase());
        return { Group: groupShape(group), Users: items.map(userShape), ...page };
      },
    },
    ListGroups: {
      needs: ({ PathPrefix }, call) => [needOn(call, `arn:aws:iam::${call.accountId}:group${PathPrefix ?? "/"}`)],
      answer(input, call) {
        const all = underPath(directory.groups.of(call.accountId), checkPathPrefix(input.PathPrefix));
        const { items, ...page } = pageOf(all, input, ({ name }) => name.toLowerCase());
        return { Groups: items.map(groupShape), ...page };
      },
    },
    ListGroupsForUser: {
      needs: ({ UserName }, call) => [needOn(call, arnOfNamed(iam, call, "user", UserName))],
      answer(input, call) {
        const user = findUser(iam, call.accountId, input.UserName);
        const { items, ...page } = pageOf(directory.groupsOf(user), input, ({ name }) => name.toLowerCase());
        return { Groups: items.map(groupShape), ...page };
      },
    },
    UpdateGroup: {
      needs: ({ GroupName, NewGroupName, NewPath }, call) => [
        needOn(call, arnOfNamed(iam, call, "group", GroupName)),
        ...(NewGroupName === undefined && NewPath === undefined
          ? []
          : [needOn(call, newArn(call, "group", NewPath, NewGroupName ?? GroupName))]),
      ],
      answer(input, call) {
        const group = findGroup(iam, call.accountId, input.GroupName);
        const name = input.NewGroupName === undefined ? group.name : checkName("newGroupName", input.NewGroupName, 128);
        const path = input.NewPath === undefined ? group.path : checkPath(input.NewPath);
        if (name.toLowerCase() !== group.name.toLowerCase() && directory.groups.isTaken(call.accountId, name)) {
          throw alreadyExists(`Group with name ${name} already exists.`);
        }
        world.state.together(() => {
          directory.groups.delete(group);
          directory.groups.put({ ...group, name, path });
        });
        return {};
      },
    },
    DeleteGroup: {
      needs: ({ GroupName }, call) => [needOn(call, arnOfNamed(iam, call, "group", GroupName))],
      answer({ GroupName }, call) {
        const group = findGroup(iam, call.accountId, GroupName);
        if (membersOf(group).length > 0)
          throw deleteConflict("Cannot delete entity, must remove users from group first.");
        if (group.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
        if (group.inline.length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
        directory.groups.delete(group);
        return {};
      },
    },
    AddUserToGroup: {
      needs: ({ GroupName }, call) => [needOn(call, arnOfNamed(iam, call, "group", GroupName))],
      answer({ GroupName, UserName }, call) {
        const group = findGroup(iam, call.accountId, GroupName);
        const user = findUser(iam, call.accountId, UserName);
        if (user.groupIds.includes(group.id)) return {};
        if (user.groupIds.length >= groupsOfUserMax) throw quotaExceeded("GroupsPerUser", groupsOfUserMax);
        directory.users.put({ ...user, groupIds: [...user.groupIds, group.id] });
        return {};
      },
    },
    RemoveUserFromGroup: {
      needs: ({ GroupName }, call) => [needOn(call, arnOfNamed(iam, call, "group", GroupName))],
      answer({ GroupName, UserName }, call) {
        const group = findGroup(iam, call.accountId, GroupName);
        const user = findUser(iam, call.accountId, UserName);
        directory.users.put({ ...user, groupIds: user.groupIds.filter((id) => id !== group.id) });
        return {};
      },
    },
  };
}

function groupShape(group: Group): GroupShape {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: entityArn("group", group),
    CreateDate: dateOf(group.createdAt),
  };
}

import { type User } from "../../identity/things.ts";
import { makeUniqueId } from "../../identity/unique-ids.ts";
import { type OutputOf } from "../../../aws/index.ts";
import { boundaryShape, checkBoundary } from "./boundaries.ts";
import { alreadyExists, deleteConflict, quotaExceeded } from "./errors.ts";
import { findUser, userArnOf, userNameOf } from "./find-entity.ts";
import { arnOfNamed, dateOf, type Iam, type IamOperations, needOn, newArn, tagContext } from "./iam.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { pageOf, underPath } from "./paging.ts";
import { checkName, checkPath, checkPathPrefix, mergeTags, withoutTags } from "./validation.ts";

type UserShape = NonNullable<OutputOf<"iam", "GetUser">["User"]>;

const usersMax = 5000;

/** Users themselves; what hangs on them stands in files of its own. */
export function userOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  return {
    CreateUser: {
      needs: ({ UserName, Path, PermissionsBoundary, Tags }, call) => [
        needOn(call, newArn(call, "user", Path, UserName), {
          ...tagContext(Tags),
          ...(PermissionsBoundary === undefined ? {} : { "iam:PermissionsBoundary": PermissionsBoundary }),
        }),
      ],
      answer(input, call) {
        const name = checkName("userName", input.UserName, 64);
        const path = checkPath(input.Path);
        const tags = mergeTags([], input.Tags);
        if (directory.users.isTaken(call.accountId, name)) {
          throw alreadyExists(`User with name ${name} already exists.`);
        }
        if ([...directory.users.of(call.accountId)].length >= usersMax)
          throw quotaExceeded("UsersPerAccount", usersMax);
        const boundaryArn = checkBoundary(iam, call, input.PermissionsBoundary);
        const user: User = {
          accountId: call.accountId,
          name,
          path,
          id: makeUniqueId(world.random, "AIDA"),
          createdAt: call.at,
          attached: [],
          inline: [],
          tags,
          groupIds: [],
          boundaryArn,
        };
        directory.users.put(user);
        return { User: userShape(user) };
      },
    },
    GetUser: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ UserName }, call) {
        const name = userNameOf(call, UserName);
        if (name !== undefined) return { User: userShape(findUser(iam, call.accountId, name)) };
        const account = iam.identity.accounts.get(call.accountId);
        return {
          User: {
            Path: undefined,
            UserName: account?.alias,
            UserId: call.accountId,
            Arn: call.caller.arn,
            CreateDate: dateOf(account?.createdAt ?? call.at),
          },
        };
      },
    },
    ListUsers: {
      needs: ({ PathPrefix }, call) => [needOn(call, `arn:aws:iam::${call.accountId}:user${PathPrefix ?? "/"}`)],
      answer(input, call) {
        const all = underPath(directory.users.of(call.accountId), checkPathPrefix(input.PathPrefix));
        const { items, ...page } = pageOf(all, input, ({ name }) => name.toLowerCase());
        return {
          Users: items.map((user) => ({ ...userShape(user), Tags: undefined, PermissionsBoundary: undefined })),
          ...page,
        };
      },
    },
    UpdateUser: {
      needs: ({ UserName, NewUserName, NewPath }, call) => [
        needOn(call, arnOfNamed(iam, call, "user", UserName)),
        ...(NewUserName === undefined && NewPath === undefined
          ? []
          : [needOn(call, newArn(call, "user", NewPath, NewUserName ?? UserName))]),
      ],
      answer(input, call) {
        const user = findUser(iam, call.accountId, input.UserName);
        const name = input.NewUserName === undefined ? user.name : checkName("newUserName", input.NewUserName, 64);
        const path = input.NewPath === undefined ? user.path : checkPath(input.NewPath);
        const isOther = name.toLowerCase() !== user.name.toLowerCase();
        if (isOther && directory.users.isTaken(call.accountId, name)) {
          throw alreadyExists(`User with name ${name} already exists.`);
        }
        world.state.together(() => {
          directory.users.delete(user);
          directory.users.put({ ...user, name, path });
          for (const key of directory.keysOf(call.accountId, user.name)) {
            directory.accessKeys.put(key.id, { ...key, userName: name });
          }
          for (const device of directory.mfaDevices.of(call.accountId)) {
            if (device.userName === user.name) directory.mfaDevices.put({ ...device, userName: name });
          }
        });
        return {};
      },
    },
    DeleteUser: {
      needs: ({ UserName }, call) => [needOn(call, arnOfNamed(iam, call, "user", UserName))],
      answer({ UserName }, call) {
        const user = findUser(iam, call.accountId, UserName);
        refuseWhileInUse(iam, user);
        directory.users.delete(user);
        return {};
      },
    },
    TagUser: {
      needs: ({ UserName, Tags }, call) => [
        needOn(
          call,
          arnOfNamed(iam, call, "user", UserName),
          tagContext(Tags, directory.users.get(call.accountId, UserName ?? "")?.tags),
        ),
      ],
      answer({ UserName, Tags }, call) {
        const user = findUser(iam, call.accountId, UserName);
        directory.users.put({ ...user, tags: mergeTags(user.tags, Tags) });
        return {};
      },
    },
    UntagUser: {
      needs: ({ UserName, TagKeys }, call) => [
        needOn(call, arnOfNamed(iam, call, "user", UserName), { "aws:TagKeys": TagKeys ?? [] }),
      ],
      answer({ UserName, TagKeys }, call) {
        const user = findUser(iam, call.accountId, UserName);
        directory.users.put({ ...user, tags: withoutTags(user.tags, TagKeys) });
        return {};
      },
    },
    ListUserTags: {
      needs: ({ UserName }, call) => [needOn(call, arnOfNamed(iam, call, "user", UserName))],
      answer(input, call) {
        const user = findUser(iam, call.accountId, input.UserName);
        const { items, ...page } = pageOf(user.tags, input, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
  };
}

/** IAM API Reference, DeleteUser, names what has to go first. */
function refuseWhileInUse({ directory }: Iam, user: User): void {
  const { accountId, name } = user;
  if (directory.keysOf(accountId, name).length > 0) {
    throw deleteConflict("Cannot delete entity, must delete access keys first.");
  }
  if (user.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (user.inline.length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  if (user.login !== undefined) throw deleteConflict("Cannot delete entity, must delete login profile first.");
  if (user.groupIds.length > 0) throw deleteConflict("Cannot delete entity, must remove user from group first.");
  if ([...directory.mfaDevices.of(accountId)].some((device) => device.userName === name)) {
    throw deleteConflict("Cannot delete entity, must deactivate MFA device first.");
  }
}

/** A user as IAM answers it. */
export function userShape(user: User): UserShape {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: entityArn("user", user),
    CreateDate: dateOf(user.createdAt),
    ...(user.passwordUsedAt === undefined ? {} : { PasswordLastUsed: dateOf(user.passwordUsedAt) }),
    ...boundaryShape(user.boundaryArn),
    ...(user.tags.length === 0 ? {} : { Tags: [...user.tags] }),
  };
}

import { makeAccessKeyId, makeSecret } from "../../identity/unique-ids.ts";
import { type AccessKey } from "../../identity/things.ts";
import { type Call } from "../../service.ts";
import { notFound, quotaExceeded } from "./errors.ts";
import { findUser, userArnOf, userNameOf } from "./find-entity.ts";
import { dateOf, type Iam, type IamOperations, needOn } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { checkLength, checkOneOf } from "./validation.ts";
import { noSuchEntity } from "./errors.ts";

const keysMax = 2;

/** Lasting keys of users, and of the root for the root. */
export function accessKeyOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  const keysOf = (call: Call, name: string | undefined) => {
    const userName = userNameOf(call, name);
    const owner = userName === undefined ? undefined : findUser(iam, call.accountId, userName).name;
    return { owner, keys: directory.keysOf(call.accountId, owner) };
  };
  const findKey = (call: Call, name: string | undefined, id: string | undefined): AccessKey => {
    checkLength("accessKeyId", id ?? "", 16, 128);
    const key = keysOf(call, name).keys.find((candidate) => candidate.id === id);
    if (key === undefined) throw noSuchEntity(`The Access Key with id ${id ?? ""} cannot be found.`);
    return key;
  };
  return {
    CreateAccessKey: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ UserName }, call) {
        const { owner, keys } = keysOf(call, UserName);
        if (keys.length >= keysMax) throw quotaExceeded("AccessKeysPerUser", keysMax);
        const key: AccessKey = {
          id: makeAccessKeyId(world.random, "AKIA", call.accountId),
          secret: makeSecret(world.random),
          accountId: call.accountId,
          userName: owner,
          isActive: true,
          createdAt: call.at,
        };
        directory.accessKeys.put(key.id, key);
        return {
          AccessKey: {
            UserName: owner ?? "",
            AccessKeyId: key.id,
            Status: "Active",
            SecretAccessKey: key.secret,
            CreateDate: dateOf(key.createdAt),
          },
        };
      },
    },
    ListAccessKeys: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer(input, call) {
        const { keys } = keysOf(call, input.UserName);
        const { items, ...page } = pageOf(keys, input, ({ id }) => id);
        const shapes = items.map((key) => ({
          ...(key.userName === undefined ? {} : { UserName: key.userName }),
          AccessKeyId: key.id,
          Status: key.isActive ? ("Active" as const) : ("Inactive" as const),
          CreateDate: dateOf(key.createdAt),
        }));
        return { AccessKeyMetadata: shapes, ...page };
      },
    },
    UpdateAccessKey: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ UserName, AccessKeyId, Status }, call) {
        const status = checkOneOf("status", Status, ["Active", "Inactive"]);
        const key = findKey(call, UserName, AccessKeyId);
        directory.accessKeys.put(key.id, { ...key, isActive: status === "Active" });
        return {};
      },
    },
    DeleteAccessKey: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ UserName, AccessKeyId }, call) {
        directory.accessKeys.delete(findKey(call, UserName, AccessKeyId).id);
        return {};
      },
    },
    GetAccessKeyLastUsed: {
      needs: (_, call) => [needOn(call, "*")],
      answer({ AccessKeyId }, call) {
        const key = directory.accessKeys.get(AccessKeyId ?? "");
        if (key === undefined || key.accountId !== call.accountId) throw notFound("access key", AccessKeyId);
        return {
          ...(key.userName === undefined ? {} : { UserName: key.userName }),
          AccessKeyLastUsed: {
            LastUsedDate: key.used === undefined ? undefined : dateOf(key.used.at),
            ServiceName: key.used?.service ?? "N/A",
            Region: key.used?.region ?? "N/A",
          },
        };
      },
    },
  };
}

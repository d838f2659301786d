import { type Group, type Role, type User } from "../../identity/things.ts";
import { type Call } from "../../service.ts";
import { notFound, unmodifiable, validationError } from "./errors.ts";
import { type Iam } from "./iam.ts";
import { checkLength } from "./validation.ts";

export function findUser({ directory }: Iam, accountId: string, name: string | undefined): User {
  checkLength("userName", name ?? "", 1, 128);
  const user = directory.users.get(accountId, name ?? "");
  if (user === undefined) throw notFound("user", name);
  return user;
}

export function findGroup({ directory }: Iam, accountId: string, name: string | undefined): Group {
  checkLength("groupName", name ?? "", 1, 128);
  const group = directory.groups.get(accountId, name ?? "");
  if (group === undefined) throw notFound("group", name);
  return group;
}

export function findRole({ directory }: Iam, accountId: string, name: string | undefined): Role {
  checkLength("roleName", name ?? "", 1, 64);
  const role = directory.roles.get(accountId, name ?? "");
  if (role === undefined) throw notFound("role", name);
  return role;
}

/** A role that people may change: service-linked ones are their service's. */
export function findOwnRole(iam: Iam, accountId: string, name: string | undefined): Role {
  const role = findRole(iam, accountId, name);
  if (role.linkedService !== undefined) {
    throw unmodifiable(
      `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
    );
  }
  return role;
}

/**
 * The user that an operation is about: the caller's own where none is named; undefined for the root. IAM API Reference,
 * e.g. CreateAccessKey: 'determines the user name implicitly based on the AWS access key ID signing the request'.
 */
export function userNameOf({ caller }: Call, name: string | undefined): string | undefined {
  if (name !== undefined) return name;
  if (caller.kind === "root") return undefined;
  if (caller.kind === "user") return caller.identity.userName;
  throw validationError("Must specify userName when calling with non-User credentials");
}

/** The ARN of that user, for policies: the account's root where it is the root's own. */
export function userArnOf(iam: Iam, call: Call, name: string | undefined): string {
  const userName = name ?? (call.caller.kind === "user" ? call.caller.identity.userName : undefined);
  if (userName === undefined) return `arn:aws:iam::${call.accountId}:root`;
  const user = iam.directory.users.get(call.accountId, userName);
  return `arn:aws:iam::${call.accountId}:user${user?.path ?? "/"}${userName}`;
}

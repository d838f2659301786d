import { type Call } from "../../service.ts";
import { findOwnRole, findUser } from "./find-entity.ts";
import { noSuchEntity } from "./errors.ts";
import { arnOfNamed, type Iam, type IamOperations, needOn } from "./iam.ts";

/** Sets and takes away the boundaries of users and roles. */
export function boundaryOperations(iam: Iam): IamOperations {
  const { directory } = iam;
  return {
    PutUserPermissionsBoundary: {
      needs: ({ UserName, PermissionsBoundary }, call) => [
        needOn(call, arnOfNamed(iam, call, "user", UserName), { "iam:PermissionsBoundary": PermissionsBoundary ?? "" }),
      ],
      answer({ UserName, PermissionsBoundary }, call) {
        const user = findUser(iam, call.accountId, UserName);
        directory.users.put({ ...user, boundaryArn: checkBoundary(iam, call, PermissionsBoundary) });
        return {};
      },
    },
    DeleteUserPermissionsBoundary: {
      needs: ({ UserName }, call) => [
        needOn(
          call,
          arnOfNamed(iam, call, "user", UserName),
          boundaryContext(directory.users.get(call.accountId, UserName ?? "")?.boundaryArn),
        ),
      ],
      answer({ UserName }, call) {
        const user = findUser(iam, call.accountId, UserName);
        if (user.boundaryArn === undefined) throw noBoundary(user.name);
        directory.users.put({ ...user, boundaryArn: undefined });
        return {};
      },
    },
    PutRolePermissionsBoundary: {
      needs: ({ RoleName, PermissionsBoundary }, call) => [
        needOn(call, arnOfNamed(iam, call, "role", RoleName), { "iam:PermissionsBoundary": PermissionsBoundary ?? "" }),
      ],
      answer({ RoleName, PermissionsBoundary }, call) {
        const role = findOwnRole(iam, call.accountId, RoleName);
        directory.roles.put({ ...role, boundaryArn: checkBoundary(iam, call, PermissionsBoundary) });
        return {};
      },
    },
    DeleteRolePermissionsBoundary: {
      needs: ({ RoleName }, call) => [
        needOn(
          call,
          arnOfNamed(iam, call, "role", RoleName),
          boundaryContext(directory.roles.get(call.accountId, RoleName ?? "")?.boundaryArn),
        ),
      ],
      answer({ RoleName }, call) {
        const role = findOwnRole(iam, call.accountId, RoleName);
        if (role.boundaryArn === undefined) throw noBoundary(role.name);
        directory.roles.put({ ...role, boundaryArn: undefined });
        return {};
      },
    },
  };
}

/** A boundary has to be a managed policy that the account has. */
export function checkBoundary({ directory }: Iam, call: Call, arn: string | undefined): string | undefined {
  if (arn === undefined) return undefined;
  const policy = directory.policy(arn);
  if (policy === undefined || (policy.accountId !== "aws" && policy.accountId !== call.accountId)) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
  return arn;
}

/** A boundary as IAM answers it with its user or role. */
export function boundaryShape(arn: string | undefined): {
  readonly PermissionsBoundary?: {
    readonly PermissionsBoundaryType: "PermissionsBoundaryPolicy";
    readonly PermissionsBoundaryArn: string;
  };
} {
  return arn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: "PermissionsBoundaryPolicy", PermissionsBoundaryArn: arn } };
}

/** The condition key of the boundary that a user or role has, for what changes their policies. */
export function boundaryContext(arn: string | undefined): Readonly<Record<string, string>> {
  return arn === undefined ? {} : { "iam:PermissionsBoundary": arn };
}

function noBoundary(name: string): Error {
  return noSuchEntity(`${name} does not have a permission boundary.`);
}

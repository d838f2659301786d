import { type Caller } from "../caller.ts";
import { type ServiceCall } from "../world.ts";
import { type Directory } from "./directory.ts";
import { entityArn, rootArn } from "./entity-arn.ts";
import { type AccessKey, type Session, type Tag } from "./things.ts";
import {
  federatedIdentity,
  inSeconds,
  roleIdentity,
  rootIdentity,
  serviceIdentity,
  userIdentity,
} from "./user-identity.ts";

/** Who holds a lasting key; undefined when its user is gone. */
export function callerOfKey(key: AccessKey, directory: Directory): Caller | undefined {
  return key.userName === undefined
    ? rootCaller(key.accountId, key.id, directory)
    : userCaller(key.accountId, key.userName, key.id, directory);
}

/** Who holds a session's key; undefined when its user or role is gone, or is another of the same name. */
export function callerOfSession(session: Session, directory: Directory, now: number): Caller | undefined {
  const caller = ownerOf(session, directory);
  if (caller === undefined) return undefined;
  const tags = { ...caller.tags, ...tagRecord(session.tags) };
  return {
    ...caller,
    tags,
    ...(session.isOfConsole === true ? { isOfConsole: true } : {}),
    context: { ...caller.context, ...sessionContext(session, now) },
  };
}

/** A service of AWS as a caller: no policy of an identity speaks for it. */
export function serviceCaller({ service, sourceArn, sourceAccount }: ServiceCall): Caller {
  return {
    accountId: sourceAccount,
    principalArn: service,
    arn: service,
    identity: serviceIdentity(service),
    kind: "service",
    tags: {},
    sessionPolicies: [],
    context: {
      "aws:SourceArn": sourceArn,
      "aws:SourceAccount": sourceAccount,
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": service,
    },
  };
}

function ownerOf(session: Session, directory: Directory): Caller | undefined {
  const { accountId, of } = session;
  const sessionPolicies = session.policies;
  switch (of.kind) {
    case "root":
      return rootCaller(accountId, session.id, directory, session);
    case "user": {
      const caller = userCaller(accountId, of.userName, session.id, directory, session);
      return caller?.identity.principalId === of.userId ? caller : undefined;
    }
    case "role": {
      const role = directory.roles.get(accountId, of.roleName);
      if (role === undefined || role.id !== of.roleId) return undefined;
      const identity = roleIdentity(role, of.sessionName, session);
      return {
        accountId,
        principalArn: entityArn("role", role),
        arn: identity.arn ?? "",
        identity,
        kind: "role-session",
        tags: tagRecord(role.tags),
        sessionPolicies,
        context: { "aws:userid": `${role.id}:${of.sessionName}`, "aws:PrincipalType": "AssumedRole" },
      };
    }
    case "federated-user": {
      const issuer = of.userName === undefined ? undefined : directory.users.get(accountId, of.userName);
      if (of.userName !== undefined && issuer?.id !== of.userId) return undefined;
      const identity = federatedIdentity(of.name, issuer, session);
      return {
        accountId,
        principalArn: identity.arn ?? "",
        arn: identity.arn ?? "",
        identity,
        kind: "federated-user",
        tags: {},
        sessionPolicies,
        context: { "aws:userid": `${accountId}:${of.name}`, "aws:PrincipalType": "FederatedUser" },
      };
    }
  }
}

function rootCaller(accountId: string, keyId: string, directory: Directory, session?: Session): Caller | undefined {
  const account = directory.accounts.get(accountId);
  if (account === undefined) return undefined;
  return {
    accountId,
    principalArn: rootArn(accountId),
    arn: rootArn(accountId),
    identity: rootIdentity(account, keyId, session),
    kind: "root",
    tags: {},
    sessionPolicies: session?.policies ?? [],
    context: { "aws:userid": accountId, "aws:PrincipalType": "Account" },
  };
}

function userCaller(
  accountId: string,
  userName: string,
  keyId: string,
  directory: Directory,
  session?: Session,
): Caller | undefined {
  const user = directory.users.get(accountId, userName);
  if (user === undefined) return undefined;
  const arn = entityArn("user", user);
  return {
    accountId,
    principalArn: arn,
    arn,
    identity: userIdentity(user, keyId, session),
    kind: "user",
    tags: tagRecord(user.tags),
    sessionPolicies: session?.policies ?? [],
    context: { "aws:userid": user.id, "aws:username": user.name, "aws:PrincipalType": "User" },
  };
}

/** What only temporary credentials bring. IAM User Guide, 'AWS global condition context keys'. */
function sessionContext(session: Session, now: number): Readonly<Record<string, string>> {
  return {
    "aws:TokenIssueTime": inSeconds(session.issuedAt),
    "aws:MultiFactorAuthPresent": String(session.mfaAt !== undefined),
    ...(session.mfaAt === undefined
      ? {}
      : { "aws:MultiFactorAuthAge": String(Math.floor((now - session.mfaAt) / 1000)) }),
    ...(session.sourceIdentity === undefined ? {} : { "aws:SourceIdentity": session.sourceIdentity }),
  };
}

/** Keys of tags are their owners' words, so they go where none means anything to the program. */
export function tagRecord(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.assign(
    Object.create(null) as Record<string, string>,
    Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
  );
}

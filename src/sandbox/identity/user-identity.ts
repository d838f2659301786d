import { type UserIdentity } from "../../cloudtrail/index.ts";
import { entityArn, rootArn, sessionArn } from "./entity-arn.ts";
import { type Account, type Role, type Session, type User } from "./things.ts";

// The shapes are those of the CloudTrail User Guide, 'CloudTrail userIdentity element', members in the order of real
// records.

/** The root of an account; `userName` is the account's alias, if it has one. */
export function rootIdentity(account: Account, accessKeyId: string, session?: Session): UserIdentity {
  return {
    type: "Root",
    principalId: account.id,
    arn: rootArn(account.id),
    accountId: account.id,
    accessKeyId,
    ...(account.alias === undefined ? {} : { userName: account.alias }),
    ...contextOf(session),
  };
}

/** An IAM user, with `sessionContext` where the key is temporary. */
export function userIdentity(user: User, accessKeyId: string, session?: Session): UserIdentity {
  return {
    type: "IAMUser",
    principalId: user.id,
    arn: entityArn("user", user),
    accountId: user.accountId,
    accessKeyId,
    userName: user.name,
    ...contextOf(session),
  };
}

/** A session of a role; the name of the role stands in the session's issuer. */
export function roleIdentity(role: Role, sessionName: string, session: Session): UserIdentity {
  const arn = entityArn("role", role);
  return {
    type: "AssumedRole",
    principalId: `${role.id}:${sessionName}`,
    arn: sessionArn(role.accountId, role.name, sessionName),
    accountId: role.accountId,
    accessKeyId: session.id,
    sessionContext: {
      sessionIssuer: { type: "Role", principalId: role.id, arn, accountId: role.accountId, userName: role.name },
      attributes: attributesOf(session),
      ...(session.sourceIdentity === undefined ? {} : { sourceIdentity: session.sourceIdentity }),
    },
  };
}

/** A session of GetFederationToken: whose it is says the issuer. */
export function federatedIdentity(name: string, issuer: User | undefined, session: Session): UserIdentity {
  const { accountId } = session;
  const sessionIssuer =
    issuer === undefined
      ? { type: "Root", principalId: accountId, arn: rootArn(accountId), accountId }
      : {
          type: "IAMUser",
          principalId: issuer.id,
          arn: entityArn("user", issuer),
          accountId,
          userName: issuer.name,
        };
  return {
    type: "FederatedUser",
    principalId: `${accountId}:${name}`,
    arn: `arn:aws:sts::${accountId}:federated-user/${name}`,
    accountId,
    accessKeyId: session.id,
    sessionContext: { sessionIssuer, attributes: attributesOf(session) },
  };
}

/** A service of AWS that acts for itself. */
export function serviceIdentity(service: string): UserIdentity {
  return { type: "AWSService", invokedBy: service };
}

function contextOf(session: Session | undefined): Pick<UserIdentity, "sessionContext"> {
  return session === undefined ? {} : { sessionContext: { attributes: attributesOf(session) } };
}

function attributesOf(session: Session): { readonly creationDate: string; readonly mfaAuthenticated: string } {
  return { creationDate: inSeconds(session.issuedAt), mfaAuthenticated: String(session.mfaAt !== undefined) };
}

/** `2026-11-20T12:00:00Z` */
export function inSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

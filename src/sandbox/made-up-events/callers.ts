import type { Json, JsonObject } from "./record.ts";
import { formatInstant } from "./record.ts";

/** Who makes a call, and from where, as it stands in each record of one session. */
export interface Caller {
  readonly identity: JsonObject;
  /** The ARN that error messages name. */
  readonly arn: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** `tlsDetails` are written for callers of our own only, never for a service that calls on somebody's behalf. */
  readonly tls: "TLSv1.2" | "TLSv1.3" | "none";
  readonly fromConsole?: boolean;
  readonly vpcEndpointId?: string;
}

export interface RoleSession {
  readonly accountId: string;
  readonly roleName: string;
  /** Path of the role, `/` where it has none. */
  readonly rolePath?: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly accessKey?: string;
  readonly startedAt: number;
  readonly withMfa?: boolean;
  readonly invokedBy?: string;
  /** ARN of the OIDC provider behind a session from AssumeRoleWithWebIdentity. */
  readonly federatedProvider?: string;
  readonly onInstance?: boolean;
  readonly sourceIdentity?: string;
}

/** The ARN of the role itself. */
export function roleArn(accountId: string, roleName: string, rolePath = "/"): string {
  return `arn:aws:iam::${accountId}:role${rolePath}${roleName}`;
}

/** The ARN of a session of a role. */
export function sessionArn(accountId: string, roleName: string, sessionName: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
}

/** `userIdentity` of a role session, members in the order of real records. */
export function assumedRole(session: RoleSession): JsonObject {
  const { accountId, roleName, rolePath, roleId, sessionName } = session;
  const issuer = {
    type: "Role",
    principalId: roleId,
    arn: roleArn(accountId, roleName, rolePath),
    accountId,
    userName: roleName,
  };
  const attributes = {
    creationDate: formatInstant(session.startedAt),
    mfaAuthenticated: String(session.withMfa === true),
  };
  return {
    type: "AssumedRole",
    principalId: `${roleId}:${sessionName}`,
    arn: sessionArn(accountId, roleName, sessionName),
    accountId,
    ...(session.accessKey === undefined ? {} : { accessKeyId: session.accessKey }),
    sessionContext: {
      sessionIssuer: issuer,
      ...(session.federatedProvider === undefined
        ? {}
        : {
            webIdFederationData: { federatedProvider: session.federatedProvider, attributes: {} },
          }),
      attributes,
      ...(session.sourceIdentity === undefined ? {} : { sourceIdentity: session.sourceIdentity }),
      ...(session.onInstance === true ? { ec2RoleDelivery: "2.0" } : {}),
    },
    ...(session.invokedBy === undefined ? {} : { invokedBy: session.invokedBy }),
  };
}

export interface UserSession {
  readonly accountId: string;
  readonly userName: string;
  readonly userPath?: string;
  readonly userId: string;
  readonly accessKey: string;
  /** Set for console sessions and `GetSessionToken`, absent for long-lived keys. */
  readonly session?: { readonly startedAt: number; readonly withMfa: boolean };
}

/** The ARN of an IAM user. */
export function userArn(accountId: string, userName: string, userPath = "/"): string {
  return `arn:aws:iam::${accountId}:user${userPath}${userName}`;
}

/** `userIdentity` of an IAM user. */
export function iamUser(user: UserSession): JsonObject {
  return {
    type: "IAMUser",
    principalId: user.userId,
    arn: userArn(user.accountId, user.userName, user.userPath),
    accountId: user.accountId,
    accessKeyId: user.accessKey,
    userName: user.userName,
    ...sessionContext(user.session),
  };
}

/** `userIdentity` of the root user; the console writes an empty access key for sign-ins. */
export function rootUser(
  accountId: string,
  accessKey: string,
  session?: { readonly startedAt: number; readonly withMfa: boolean },
): JsonObject {
  return {
    type: "Root",
    principalId: accountId,
    arn: `arn:aws:iam::${accountId}:root`,
    accountId,
    accessKeyId: accessKey,
    ...sessionContext(session),
  };
}

/** `userIdentity` of an AWS service that acts for itself. */
export function awsService(service: string): JsonObject {
  return { type: "AWSService", invokedBy: service };
}

/** A caller that is an AWS service: its name stands for address and user agent. */
export function serviceCaller(service: string): Caller {
  return {
    identity: awsService(service),
    arn: service,
    sourceIp: service,
    userAgent: service,
    tls: "none",
  };
}

/** A service that calls on somebody's behalf: the identity stays, `invokedBy` joins it, address and agent go. */
export function onBehalfOf(caller: Caller, service: string): Caller {
  return {
    identity: { ...caller.identity, invokedBy: service },
    arn: caller.arn,
    sourceIp: service,
    userAgent: service,
    tls: "none",
  };
}

function sessionContext(
  session: { readonly startedAt: number; readonly withMfa: boolean } | undefined,
): Record<string, Json> {
  if (session === undefined) return {};
  return {
    sessionContext: {
      attributes: {
        creationDate: formatInstant(session.startedAt),
        mfaAuthenticated: String(session.withMfa),
      },
    },
  };
}

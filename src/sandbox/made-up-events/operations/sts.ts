import { formatClock, type JsonObject } from "../record.ts";
import { roleArn, sessionArn } from "../callers.ts";
import { makeAccessKey, makePrincipalId } from "../places.ts";
import type { Random } from "../random.ts";
import { inService, type Call, type CallBody, type Operation } from "./operation.ts";

const sts = inService({ prefix: "sts", version: "1.08" });

/** STS calls; those that hand out credentials are the links of every role chain. */
export const stsOperations: readonly Operation[] = [
  sts.reads("GetCallerIdentity", () => ({ request: null })),
  sts.reads("AssumeRole", (call) => {
    const role = call.random.pick(call.place.roles);
    return assumeRole(
      call,
      freshSession(call.random, call.place.accountId, role, `session-${call.random.hex(8)}`),
      3600,
    );
  }),
  sts.reads("GetSessionToken", (call) => ({
    request: { durationSeconds: 43_200 },
    response: {
      credentials: credentials(call.random, makeAccessKey(call.random, "ASIA"), call.at + 43_200_000),
    },
  })),
  sts.reads("DecodeAuthorizationMessage", () => ({
    request: { encodedMessage: "HIDDEN_DUE_TO_SECURITY_REASONS" },
  })),
];

/** What the answer to AssumeRole says about the session it starts. */
export interface NewSession {
  readonly accountId: string;
  readonly roleName: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly accessKey: string;
}

/** Makes up ids for a session of a role. */
export function freshSession(random: Random, accountId: string, roleName: string, sessionName: string): NewSession {
  return {
    accountId,
    roleName,
    roleId: makePrincipalId(random, "AROA"),
    sessionName,
    accessKey: makeAccessKey(random, "ASIA"),
  };
}

/** AssumeRole as it is recorded when it succeeds. */
export function assumeRole(call: Call, session: NewSession, durationSeconds: number, more: JsonObject = {}): CallBody {
  const arn = roleArn(session.accountId, session.roleName);
  return {
    request: { roleArn: arn, roleSessionName: session.sessionName, ...more, durationSeconds },
    response: {
      credentials: credentials(call.random, session.accessKey, call.at + durationSeconds * 1000),
      assumedRoleUser: assumedRoleUser(session),
    },
    resources: [{ accountId: session.accountId, type: "AWS::IAM::Role", ARN: arn }],
  };
}

/** AssumeRoleWithWebIdentity as a pipeline's OIDC token makes it. */
export function assumeRoleWithWebIdentity(
  call: Call,
  session: NewSession,
  subject: string,
  provider: string,
): CallBody {
  const arn = roleArn(session.accountId, session.roleName);
  return {
    request: { roleArn: arn, roleSessionName: session.sessionName, durationSeconds: 3600 },
    response: {
      credentials: credentials(call.random, session.accessKey, call.at + 3_600_000),
      subjectFromWebIdentityToken: subject,
      assumedRoleUser: assumedRoleUser(session),
      provider,
      audience: "sts.amazonaws.com",
    },
    resources: [{ accountId: session.accountId, type: "AWS::IAM::Role", ARN: arn }],
  };
}

/** AssumeRoleWithSAML as IAM Identity Center makes it for each of its sessions. */
export function assumeRoleWithSaml(call: Call, session: NewSession, rolePath: string): CallBody {
  const arn = roleArn(session.accountId, session.roleName, rolePath);
  const provider = `arn:aws:iam::${session.accountId}:saml-provider/AWSSSO_examp1e0c0ffee00_DO_NOT_DELETE`;
  return {
    request: {
      sAMLAssertionID: `_${call.random.uuid()}`,
      roleSessionName: session.sessionName,
      durationSeconds: 43_200,
      roleArn: arn,
      principalArn: provider,
    },
    response: {
      subjectType: "persistent",
      issuer: "https://portal.sso.eu-central-1.amazonaws.com/saml/assertion/examp1e",
      credentials: credentials(call.random, session.accessKey, call.at + 43_200_000),
      nameQualifier: call.random.base64(28),
      assumedRoleUser: assumedRoleUser(session),
      subject: session.sessionName,
      audience: "https://signin.aws.amazon.com/saml",
    },
    resources: [
      { accountId: session.accountId, type: "AWS::IAM::Role", ARN: arn },
      { accountId: session.accountId, type: "AWS::IAM::SAMLProvider", ARN: provider },
    ],
  };
}

function assumedRoleUser(session: NewSession): JsonObject {
  return {
    assumedRoleId: `${session.roleId}:${session.sessionName}`,
    arn: sessionArn(session.accountId, session.roleName, session.sessionName),
  };
}

function credentials(random: Random, accessKey: string, expiresAt: number): JsonObject {
  return {
    accessKeyId: accessKey,
    sessionToken: `IQoJb3JpZ2luX2VjE${random.base64(64)}EXAMPLE==`,
    expiration: formatClock(expiresAt),
  };
}

import { type AwsOperation } from "../../aws/index.ts";
import { type Identities, roleSession } from "./identities.ts";

interface Credentials {
  readonly AccessKeyId?: unknown;
  readonly Expiration?: unknown;
}

const hourMilliseconds = 3_600_000;

/** Remembers whose the keys are that an answer of STS gives away: the ID alone, which records show; never the secret. */
export function learnSessions(
  operation: AwsOperation,
  call: {
    readonly input: object;
    readonly output: object;
    readonly callerKeyId: string | undefined;
    readonly at: number;
  },
  identities: Identities,
): void {
  if (operation.service.name !== "sts") return;
  const output = call.output as { readonly Credentials?: Credentials; readonly AssumedRoleUser?: AssumedRoleUser };
  const accessKeyId = output.Credentials?.AccessKeyId;
  const expiration = output.Credentials?.Expiration;
  if (typeof accessKeyId !== "string" || !/^[\w-]{1,128}$/.test(accessKeyId)) return;
  const expiresAt = expiration instanceof Date ? expiration.getTime() : call.at + hourMilliseconds;
  if (operation.name === "GetSessionToken") {
    const identity = { ...identities.find(call.callerKeyId), accessKeyId };
    identities.learn(accessKeyId, { identity, expiresAt }, call.at);
  } else if (output.AssumedRoleUser !== undefined) {
    const identity = identityOf(accessKeyId, output.AssumedRoleUser, call);
    if (identity !== undefined) identities.learn(accessKeyId, { identity, expiresAt }, call.at);
  }
}

interface AssumedRoleUser {
  readonly Arn?: unknown;
  readonly AssumedRoleId?: unknown;
}

function identityOf(
  accessKeyId: string,
  { Arn: arn, AssumedRoleId: id }: AssumedRoleUser,
  { input, at }: { readonly input: { readonly RoleArn?: unknown }; readonly at: number },
) {
  if (typeof arn !== "string" || arn.length > 2048) return undefined;
  const found = /^arn:[\w-]{1,40}:sts::(\d{12}):assumed-role\/([^/]{1,512})\/([^/]{1,512})$/.exec(arn);
  if (found === null) return undefined;
  const [, accountId = "", roleName = "", sessionName = ""] = found;
  const principalId = typeof id === "string" ? id : `${roleName}:${sessionName}`;
  const roleArn = typeof input.RoleArn === "string" ? { roleArn: input.RoleArn } : {};
  return roleSession({ accountId, accessKeyId, principalId, roleName, arn, ...roleArn, createdAt: at });
}

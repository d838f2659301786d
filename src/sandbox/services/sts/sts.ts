import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { stepOfCode } from "../../identity/one-time-codes.ts";
import { type Identity } from "../../identity/open-identity.ts";
import { type Session } from "../../identity/things.ts";
import { type Call, type Service } from "../../service.ts";

export type StsOperations = Service<"sts">["operations"];
export type Credentials = NonNullable<OutputOf<"sts", "AssumeRole">["Credentials"]>;

/** A session's keys as STS answers them. */
export function credentialsOf(session: Session): Credentials {
  return {
    AccessKeyId: session.id,
    SecretAccessKey: session.secret,
    SessionToken: session.token,
    Expiration: new Date(Math.floor(session.expiresAt / 1000) * 1000),
  };
}

/** STS's refusal, with HTTP's 403. */
export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDenied", message, 403);
}

/** The session that the caller's key belongs to, if it is a temporary one. */
export function sessionOf({ directory }: Identity, { caller }: Call): Session | undefined {
  return directory.sessions.get(caller.identity.accessKeyId ?? "");
}

/**
 * When the caller showed its device's code just now; undefined when it did not try. IAM User Guide, 'Configuring
 * MFA-protected API access'.
 */
export function checkMfa(
  { directory }: Identity,
  call: Call,
  serialNumber: string | undefined,
  code: string | undefined,
): number | undefined {
  if (serialNumber === undefined && code === undefined) return undefined;
  const device = [...directory.mfaDevices.of(call.accountId)].find(
    (candidate) => candidate.serialNumber === serialNumber && candidate.enabledAt !== undefined,
  );
  const isOwn =
    device !== undefined &&
    (call.caller.kind === "root"
      ? device.userName === undefined
      : call.caller.kind === "user" && device.userName === call.caller.identity.userName);
  if (!isOwn || stepOfCode(device.seed, code ?? "", call.at) === undefined) {
    throw accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
  }
  return call.at;
}

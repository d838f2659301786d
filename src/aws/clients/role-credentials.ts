import { clientFor, type ClientOptions, type Credentials } from "./client.ts";

export interface RoleOptions extends Pick<ClientOptions, "region" | "endpoint" | "credentials" | "customUserAgent"> {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName: string;
  readonly now: () => number;
}

/** Renewed so long before they end that no call under way is cut off. */
const renewBeforeMs = 5 * 60_000;

/**
 * Credentials of a role, taken on at the first use and again before they end; who asks meanwhile waits for the same.
 * Rejects with `AwsCallError` when the role is refused. STS gives an hour, the most for chained roles (STS API
 * Reference, AssumeRole).
 */
export function roleCredentials(options: RoleOptions): () => Promise<Credentials> {
  let current: Credentials | undefined;
  let renewing: Promise<Credentials> | undefined;
  return async () => {
    const ends = current?.expiration?.getTime() ?? 0;
    if (current !== undefined && ends - options.now() > renewBeforeMs) return current;
    renewing ??= assume(options).finally(() => {
      renewing = undefined;
    });
    current = await renewing;
    return current;
  };
}

async function assume({ roleArn, externalId, sessionName, now: _now, ...client }: RoleOptions): Promise<Credentials> {
  await using sts = await clientFor("sts", client);
  const { Credentials: given } = await sts.call("AssumeRole", {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  });
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = given ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
}

import { clientFor, type ClientOptions, type Credentials } from "./client.ts";

export interface RoleOptions extends Pick<ClientOptions, "region" | "endpoint" | "customUserAgent"> {
  /** Of who takes the role on; those of another role make a chain. */
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName: string;
  readonly now: () => number;
}

/** Renewed so long before they end that no call under way is cut off. */
const renewBeforeMs = 5 * 60_000;
/** The shortest that STS gives (STS API Reference, AssumeRole), where an emulator does not say. */
const shortestMs = 15 * 60_000;

/**
 * Credentials of a role, taken on at the first use and again before they end; who asks meanwhile waits for the same.
 * Rejects with `AwsCallError` when the role is refused; when only renewing fails, what still holds is given. STS gives an
 * hour, the most for chained roles (STS API Reference, AssumeRole).
 */
export function roleCredentials(options: RoleOptions): () => Promise<Credentials> {
  let current: { readonly credentials: Credentials; readonly endsAt: number } | undefined;
  let renewing: Promise<Credentials> | undefined;
  const leftMs = () => (current?.endsAt ?? 0) - options.now();

  async function renew(): Promise<Credentials> {
    try {
      const credentials = await assume(options);
      current = { credentials, endsAt: credentials.expiration?.getTime() ?? options.now() + shortestMs };
      return credentials;
    } catch (error) {
      if (current === undefined || leftMs() <= 0) throw error;
      return current.credentials;
    }
  }

  return () => {
    if (current !== undefined && leftMs() > renewBeforeMs) return Promise.resolve(current.credentials);
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
}

async function assume({ roleArn, externalId, sessionName, now: _now, ...client }: RoleOptions): Promise<Credentials> {
  await using sts = await clientFor("sts", client);
  const { Credentials: given } = await sts.call("AssumeRole", {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined) {
    throw new TypeError(`STS gave no credentials of ${roleArn}`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
}

import { type ClientOptions, type Credentials } from "./client.ts";
import { loadPackage } from "./packages.ts";

/**
 * Credentials where AWS's tools look for them: environment, profile, container, instance; kept and renewed by the SDK.
 * Rejects with the SDK's `CredentialsProviderError` where there are none.
 */
export function defaultCredentials(options: Pick<ClientOptions, "region" | "endpoint">): () => Promise<Credentials> {
  let provider: Promise<() => Promise<Credentials>> | undefined;
  return async () => {
    provider ??= load(options);
    return (await provider)();
  };
}

async function load(options: object): Promise<() => Promise<Credentials>> {
  const sts = await loadPackage("sts");
  const { config } = sts.makeClient(options);
  return () => config.credentials();
}

import type { AwsClient, ServiceName } from "../aws/index.ts";

/** Speaks to AWS as a deployment may: in its account by its role, in the log account by that one's. */
export interface SetupAws {
  /** The same client for the same arguments; throttled calls are tried again by it. */
  client<S extends ServiceName>(
    service: S,
    at: { readonly accountId: string; readonly region: string },
  ): Promise<AwsClient<S>>;
}

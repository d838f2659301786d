import type { Clock } from "../base/clock.ts";
import type { AwsClient, ServiceName } from "../aws/index.ts";
import { openSourceAws, type AccessSettings, type SourceAws } from "../collect/index.ts";
import type { Deployment } from "./deployments/deployment.ts";
import type { SetupAws } from "./setup-aws.ts";

export interface SetupAwsOptions {
  readonly clock: Clock;
  readonly customUserAgent: string;
}

/** CloudTrail takes one change a second in a region (CloudTrail User Guide, "Quotas"): throttled calls are tried again. */
const maxAttempts = 6;

/** Speaks to AWS as a deployment may: the log account by its own role, everything else by the deployment's. */
export function openSetupAws(
  deployment: Pick<Deployment, "region" | "roleArn" | "externalId" | "endpoint" | "logAccount">,
  secrets: Readonly<Record<string, string>>,
  options: SetupAwsOptions,
): SetupAws & AsyncDisposable {
  const { region, roleArn, externalId, endpoint, logAccount } = deployment;
  const open = (role: string | undefined): SourceAws & AsyncDisposable => {
    const access: AccessSettings = { region, endpoint, ...(role === undefined ? {} : { roleArn: role, externalId }) };
    return openSourceAws(access, secrets, { ...options, maxAttempts });
  };
  const own = open(roleArn);
  const logs = logAccount === undefined ? undefined : open(logAccount.roleArn);
  return {
    client<S extends ServiceName>(
      service: S,
      at: { readonly accountId: string; readonly region: string },
    ): Promise<AwsClient<S>> {
      const aws = logs !== undefined && at.accountId === logAccount?.accountId ? logs : own;
      return aws.client(service, at.region);
    },
    async [Symbol.asyncDispose]() {
      await own[Symbol.asyncDispose]();
      await logs?.[Symbol.asyncDispose]();
    },
  };
}

import {
  clientFor,
  roleCredentials,
  type AwsClient,
  type ClientOptions,
  type Credentials,
  type ServiceName,
} from "../../aws/index.ts";
import type { Clock } from "../../base/clock.ts";
import type { SourceAws } from "../sources/source.ts";
import type { AccessSettings } from "./access-settings.ts";

export interface SourceAwsOptions {
  readonly clock: Clock;
  readonly customUserAgent: string;
}

const sessionName = "trailwarden";

/** Speaks to AWS as a source may: with its role, its keys, at its endpoint. A source without access is refused at use. */
export function openSourceAws(
  settings: AccessSettings | undefined,
  secrets: Readonly<Record<string, string>>,
  options: SourceAwsOptions,
): SourceAws & AsyncDisposable {
  const clients = new Map<string, Promise<AwsClient<ServiceName>>>();
  const access = settings && openAccess(settings, secrets, options);
  return {
    async client<S extends ServiceName>(service: S, region?: string): Promise<AwsClient<S>> {
      if (access === undefined) throw new TypeError("This source does not speak to AWS");
      const key = `${service} ${region ?? ""}`;
      const made = clients.get(key) ?? clientFor<ServiceName>(service, access(service, region));
      clients.set(key, made);
      // The key holds the service: what it gives is that service's.
      return made;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients.values()) (await client.catch(() => undefined))?.close();
    },
  };
}

function openAccess(
  settings: AccessSettings,
  secrets: Readonly<Record<string, string>>,
  { clock, customUserAgent }: SourceAwsOptions,
): (service: ServiceName, region?: string) => ClientOptions {
  const { endpoint, externalId, bucketExternalId } = settings;
  const base = {
    region: settings.region,
    customUserAgent,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...ownCredentials(secrets),
  };
  const inRole = (roleArn: string | undefined, id: string | undefined) =>
    roleArn === undefined
      ? undefined
      : roleCredentials({
          ...base,
          roleArn,
          sessionName,
          now: () => clock.now(),
          ...(id === undefined ? {} : { externalId: id }),
        });
  const role = inRole(settings.roleArn, externalId);
  const bucketRole = inRole(settings.bucketRoleArn, bucketExternalId);
  const isOfBucket = new Set<ServiceName>(["s3", "kms"]);
  return (service, region = settings.region) => {
    const credentials = (isOfBucket.has(service) ? bucketRole : undefined) ?? role;
    return { ...base, region, ...(credentials === undefined ? {} : { credentials }) };
  };
}

function ownCredentials(secrets: Readonly<Record<string, string>>): { readonly credentials?: Credentials } {
  const { accessKeyId, secretAccessKey, sessionToken } = secrets;
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } };
}

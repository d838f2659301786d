import {
  clientFor,
  objectReader,
  roleCredentials,
  type AwsClient,
  type ClientOptions,
  type Credentials,
  type ObjectReader,
  type ServiceName,
} from "../../aws/index.ts";
import type { Clock } from "../../base/clock.ts";
import type { SourceAws } from "../sources/source.ts";
import type { AccessSettings } from "./access-settings.ts";

export interface SourceAwsOptions {
  readonly clock: Clock;
  readonly customUserAgent: string;
  /** How often a call is tried, whatever its service; as each service is best asked for log files where not given. */
  readonly maxAttempts?: number;
}

const sessionName = "trailwarden";
/** What is of the bucket may lie in another account than the rest. */
const servicesOfBucket: ReadonlySet<ServiceName> = new Set(["s3", "kms"]);

/** Speaks to AWS as a source may: with its role, its keys, at its endpoint. A source without access is refused at use. */
export function openSourceAws(
  settings: AccessSettings | undefined,
  secrets: Readonly<Record<string, string>>,
  options: SourceAwsOptions,
): SourceAws & AsyncDisposable {
  const clients = new Map<string, Promise<AwsClient<ServiceName>>>();
  const access = settings && accessOf(settings, secrets, options);
  let reader: ObjectReader | undefined;
  function accessTo(service: ServiceName, region?: string): Access {
    if (access === undefined) throw new TypeError("This source does not speak to AWS");
    return access(service, region);
  }
  return {
    async client<S extends ServiceName>(service: S, region?: string): Promise<AwsClient<S>> {
      const key = `${service} ${region ?? settings?.region ?? ""}`;
      const made =
        clients.get(key) ??
        clientFor<ServiceName>(service, { ...accessTo(service, region), ...triesOf(service, options.maxAttempts) });
      clients.set(key, made);
      // The key holds the service: what it gives is that service's.
      return made;
    },
    objects() {
      reader ??= objectReader({ ...accessTo("s3"), userAgent: options.customUserAgent });
      return reader;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients.values()) (await client.catch(() => undefined))?.close();
      await reader?.[Symbol.asyncDispose]();
    },
  };
}

/** How often LookupEvents may be called is counted by who calls it: nothing is tried again behind its back. */
function triesOf(service: ServiceName, maxAttempts: number | undefined): Pick<ClientOptions, "maxAttempts"> {
  if (maxAttempts !== undefined) return { maxAttempts };
  return service === "cloudtrail" ? { maxAttempts: 1 } : {};
}

type Access = Pick<ClientOptions, "region" | "endpoint" | "isPathStyle" | "customUserAgent"> & {
  readonly credentials?: Credentials | (() => Promise<Credentials>);
};

function accessOf(
  settings: AccessSettings,
  secrets: Readonly<Record<string, string>>,
  { clock, customUserAgent }: SourceAwsOptions,
): (service: ServiceName, region?: string) => Access {
  const { endpoint, externalId, bucketExternalId } = settings;
  const base: Access = {
    region: settings.region,
    customUserAgent,
    ...endpointOf(endpoint),
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
  return (service, region = settings.region) => {
    const credentials = (servicesOfBucket.has(service) ? bucketRole : undefined) ?? role;
    return { ...base, region, ...(credentials === undefined ? {} : { credentials }) };
  };
}

/** What stands in for AWS takes buckets in the path; names of hosts for them would have to be set up. */
function endpointOf(endpoint: string | undefined): Pick<Access, "endpoint" | "isPathStyle"> {
  if (endpoint === undefined) return {};
  return { endpoint, isPathStyle: !/\.amazonaws\.(com|com\.cn|eu)$/.test(new URL(endpoint).hostname) };
}

/** An access key among secrets, where there is a whole one. */
export function ownCredentials(secrets: Readonly<Record<string, string>>): { readonly credentials?: Credentials } {
  const { accessKeyId, secretAccessKey, sessionToken } = secrets;
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } };
}

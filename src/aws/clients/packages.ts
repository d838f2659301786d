import { type Credentials } from "./client.ts";
import { type ServiceName } from "../models.ts";
import { packages } from "../operations/packages.ts";

const clientClasses: Readonly<Record<ServiceName, string>> = {
  cloudtrail: "CloudTrailClient",
  ec2: "EC2Client",
  events: "EventBridgeClient",
  guardduty: "GuardDutyClient",
  iam: "IAMClient",
  kms: "KMSClient",
  logs: "CloudWatchLogsClient",
  organizations: "OrganizationsClient",
  s3: "S3Client",
  sns: "SNSClient",
  sqs: "SQSClient",
  sts: "STSClient",
};

/** What all the SDK's clients have in common, as far as it is used here. */
export interface SdkClient {
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<SdkAnswer>;
  destroy(): void;
  readonly config: { readonly credentials: () => Promise<Credentials> };
  readonly middlewareStack: {
    add(
      middleware: (
        next: (step: SdkStep) => Promise<object>,
        context: { readonly commandName?: string },
      ) => (step: SdkStep) => Promise<object>,
      options: { readonly step: "build"; readonly priority: "low"; readonly name: string },
    ): void;
  };
}

export interface SdkStep {
  readonly request?: unknown;
}

export interface SdkAnswer {
  readonly $metadata: AnswerMetadata;
}

/** How a call went, whatever it answered. */
export interface AnswerMetadata {
  readonly httpStatusCode?: number | undefined;
  readonly requestId?: string | undefined;
  readonly attempts?: number | undefined;
}

export interface LoadedPackage {
  makeClient(config: object): SdkClient;
  /** The command of an operation, if the service has that. */
  makeCommand(operation: string, input: object): object | undefined;
}

/** Brings in the SDK's package of a service. */
export async function loadPackage(service: ServiceName): Promise<LoadedPackage> {
  // A module has no prototype: what it does not export is not there. It has thousands of names, and is asked for two.
  const exported = (await packages[service]()) as Readonly<Record<string, unknown>>;
  const Client = exported[clientClasses[service]] as new (config: object) => SdkClient;
  return {
    makeClient: (config) => new Client(config),
    makeCommand(operation, input) {
      const Command = exported[`${operation}Command`] as (new (given: object) => object) | undefined;
      return Command === undefined ? undefined : new Command(input);
    },
  };
}

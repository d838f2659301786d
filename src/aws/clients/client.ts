import { type InputOf, type OperationName, type OutputOf, type ServiceName } from "../models.ts";
import { translateError } from "./client-error.ts";
import { isLoopback } from "./loopback.ts";
import { type AnswerMetadata, loadPackage, type SdkClient } from "./packages.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface ClientOptions {
  readonly region: string;
  /** Where the service is, when not at AWS. */
  readonly endpoint?: string;
  /** Buckets stand in the path, not in the name of the host, wherever the endpoint is. */
  readonly isPathStyle?: boolean;
  /**
   * Where not given, the SDK looks where AWS's tools look: environment, profile, instance. `anonymous` signs nothing, as
   * who reads a public bucket.
   */
  readonly credentials?: Credentials | (() => Promise<Credentials>) | "anonymous";
  /** The whole user agent, instead of the SDK's own; programs such as the AWS CLI name the operation in it. */
  readonly userAgent?: string | ((operation: string) => string);
  /** Joins the SDK's user agent, such as `trailwarden/0.1.0`. */
  readonly customUserAgent?: string;
  /** How often a call is tried, the first time included. */
  readonly maxAttempts?: number;
  /** Sent, and signed, with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends every call of this client. */
  readonly signal?: AbortSignal;
  /** Told of each call that AWS answered, errors too. */
  readonly onAnswer?: (answer: Answer) => void;
  /** Instead of the network: one of the SDK's request handlers. */
  readonly requestHandler?: RequestHandler;
}

export interface RequestHandler {
  handle(request: object, options?: object): Promise<{ readonly response: object }>;
}

export interface Answer extends AnswerMetadata {
  readonly service: ServiceName;
  readonly operation: string;
  readonly errorCode?: string;
}

/** One of AWS's services as somebody speaks to it in a region. */
export interface AwsClient<S extends ServiceName> extends AsyncDisposable {
  /** Rejects with `AwsCallError` where AWS answers with an error. */
  call<Operation extends OperationName<S>>(
    operation: Operation,
    input: InputOf<S, Operation>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<OutputOf<S, Operation>>;
  close(): void;
}

/** Makes a client of a service; the SDK's package is brought in at its first use. */
export async function clientFor<S extends ServiceName>(service: S, options: ClientOptions): Promise<AwsClient<S>> {
  const loaded = await loadPackage(service);
  const client = loaded.makeClient(configOf(service, options));
  setHeaders(client, options);
  function told(operation: string, metadata: AnswerMetadata, errorCode?: string): void {
    options.onAnswer?.({ service, operation, ...metadata, ...(errorCode === undefined ? {} : { errorCode }) });
  }
  return {
    async call<Operation extends OperationName<S>>(
      operation: Operation,
      input: InputOf<S, Operation>,
      { signal }: { readonly signal?: AbortSignal } = {},
    ) {
      const command = loaded.makeCommand(operation, input as object);
      if (command === undefined) throw new TypeError(`${service} has no operation ${operation}`);
      const signals = [options.signal, signal].filter((one) => one !== undefined);
      try {
        const answer = await client.send(command, signals.length > 0 ? { abortSignal: AbortSignal.any(signals) } : {});
        told(operation, answer.$metadata);
        return answer;
      } catch (error) {
        const translated = translateError({ service, operation }, error);
        if (translated !== error) {
          told(operation, (error as { readonly $metadata: AnswerMetadata }).$metadata, (translated as Error).name);
        }
        throw translated;
      }
    },
    close: () => client.destroy(),
    [Symbol.asyncDispose]: () => Promise.resolve(client.destroy()),
  };
}

/** Requests go as they are. */
const unsigned = {
  credentials: { accessKeyId: "anonymous", secretAccessKey: "anonymous" },
  signer: { sign: (request: object) => Promise.resolve(request) },
};

/** IAM and Organizations are in one region of a partition, whichever the caller is in. */
const globalServices: ReadonlySet<ServiceName> = new Set(["iam", "organizations"]);

function configOf(service: ServiceName, options: ClientOptions): object {
  const { endpoint, isPathStyle, credentials, customUserAgent, maxAttempts, requestHandler } = options;
  // Where the endpoint is AWS's own, the SDK finds that region by itself.
  const region = endpoint !== undefined && globalServices.has(service) ? homeOf(options.region) : options.region;
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    // Otherwise SQS's client follows the host of a queue's URL.
    ...(service === "sqs" && endpoint !== undefined ? { useQueueUrlAsEndpoint: false } : {}),
    // No name of a bucket leads to this machine.
    ...(service === "s3" && endpoint !== undefined && (isPathStyle === true || isLoopback(endpoint))
      ? { forcePathStyle: true }
      : {}),
    ...(credentials === undefined ? {} : credentials === "anonymous" ? unsigned : { credentials }),
    ...(customUserAgent === undefined ? {} : { customUserAgent }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(requestHandler === undefined ? {} : { requestHandler }),
  };
}

function homeOf(region: string): string {
  if (region.startsWith("cn-")) return "cn-north-1";
  if (region.startsWith("us-gov-")) return "us-gov-west-1";
  return "us-east-1";
}

function setHeaders(client: SdkClient, { userAgent, headers }: ClientOptions): void {
  if (userAgent === undefined && headers === undefined) return;
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      (step) => {
        const request = step.request as { readonly headers: Record<string, string> };
        Object.assign(request.headers, headers);
        if (userAgent !== undefined) {
          const operation = commandName.replace(/Command$/, "");
          request.headers["user-agent"] = typeof userAgent === "string" ? userAgent : userAgent(operation);
          delete request.headers["x-amz-user-agent"];
        }
        return next(step);
      },
    // After the SDK has written its own, before the request is signed.
    { step: "build", priority: "low", name: "ownHeaders" },
  );
}

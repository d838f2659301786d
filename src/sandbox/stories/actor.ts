import {
  type Answer,
  AwsCallError,
  type AwsClient,
  clientFor,
  type Credentials,
  type InputOf,
  type OperationName,
  type OutputOf,
  type RequestHandler,
  type ServiceName,
} from "../../aws/index.ts";
import { type Tool, userAgentOf } from "./tools.ts";

/** The header by which an actor says where it calls from; the sandbox honours it from this machine only. */
export const sourceIpHeader = "x-trailwarden-source-ip";

export interface ActorOptions {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly credentials: Credentials | "anonymous";
  readonly tool: Tool;
  readonly sourceIp: string;
}

/** What actors have of the stage they are on. */
export interface Surroundings {
  readonly endpoint: string;
  readonly signal: AbortSignal | undefined;
  readonly requestHandler: RequestHandler | undefined;
  readonly onAnswer: (answer: Answer) => void;
  /** Keeps what has to be closed when the stage is. */
  readonly keep: (client: { close(): void }) => void;
}

/** Somebody, or some program, that calls AWS with a key of its own, from a place of its own, with a tool of its own. */
export interface Actor {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Makes a call. Rejects with `AwsCallError` where AWS refuses. */
  call<S extends ServiceName, Operation extends OperationName<S>>(
    service: S,
    operation: Operation,
    input: InputOf<S, Operation>,
  ): Promise<OutputOf<S, Operation>>;
  /** Makes a call that AWS may refuse, which then answers nothing. */
  attempt<S extends ServiceName, Operation extends OperationName<S>>(
    service: S,
    operation: Operation,
    input: InputOf<S, Operation>,
  ): Promise<OutputOf<S, Operation> | undefined>;
  /** The same in another region. */
  in(region: string): Actor;
  /** The same with another key, place or tool. */
  as(change: Partial<ActorOptions>): Actor;
  /** Takes on a role and answers who it is then. */
  assume(
    role: {
      readonly accountId: string;
      readonly name: string;
      readonly sessionName: string;
      readonly externalId?: string;
    },
    change?: Partial<Pick<ActorOptions, "tool" | "sourceIp" | "region">>,
  ): Promise<Actor>;
}

/** Makes an actor; clients are made as they are needed. */
export function makeActor(options: ActorOptions, surroundings: Surroundings): Actor {
  const clients = new Map<string, Promise<AwsClient<ServiceName>>>();

  function clientOf<S extends ServiceName>(service: S): Promise<AwsClient<S>> {
    const known = clients.get(service) as Promise<AwsClient<S>> | undefined;
    if (known !== undefined) return known;
    const { requestHandler, signal } = surroundings;
    const made = clientFor(service, {
      endpoint: surroundings.endpoint,
      region: options.region,
      credentials: options.credentials,
      userAgent: (operation) => userAgentOf(options.tool, service, operation),
      headers: { [sourceIpHeader]: options.sourceIp },
      onAnswer: surroundings.onAnswer,
      ...(signal === undefined ? {} : { signal }),
      ...(requestHandler === undefined ? {} : { requestHandler }),
    });
    clients.set(service, made);
    return made;
  }

  const actor: Actor = {
    name: options.name,
    accountId: options.accountId,
    region: options.region,
    async call(service, operation, input) {
      const client = await clientOf(service);
      surroundings.keep(client);
      const output = await client.call(operation, input);
      await readBody(output);
      return output;
    },
    async attempt(service, operation, input) {
      try {
        return await actor.call(service, operation, input);
      } catch (error) {
        if (error instanceof AwsCallError) return undefined;
        throw error;
      }
    },
    in: (region) => actor.as({ region }),
    as: (change) => makeActor({ ...options, ...change }, surroundings),
    async assume({ accountId, name, sessionName, externalId }, change = {}) {
      const { Credentials: given } = await actor.call("sts", "AssumeRole", {
        RoleArn: `arn:aws:iam::${accountId}:role/${name}`,
        RoleSessionName: sessionName,
        DurationSeconds: 3600,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      });
      const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken = "" } = given ?? {};
      const credentials = { accessKeyId, secretAccessKey, sessionToken: SessionToken };
      return actor.as({ ...change, accountId, credentials, name: `${name}/${sessionName}` });
    },
  };
  return actor;
}

/** Reads an object to its end, or its connection would stay taken. */
async function readBody(output: object): Promise<void> {
  const { Body: body } = output as { readonly Body?: { transformToByteArray?: () => Promise<unknown> } };
  await body?.transformToByteArray?.();
}

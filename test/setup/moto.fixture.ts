import { EndpointClients } from "../../src/aws/clients/endpoint-clients.fixture.ts";
import { type AwsClient, type ServiceName } from "../../src/aws/index.ts";
import { readDeployment } from "../../src/setup/deployments/deployment-request.ts";
import { type MadePlan, makePlan } from "../../src/setup/planning/make-plan.ts";
import type { SetupWish } from "../../src/setup/planning/plan.ts";
import type { RunTools } from "../../src/setup/running/run-tools.ts";
import { MemoryRuns } from "../../src/setup/running/memory-runs.fixture.ts";
import { settingOf } from "../../src/setup/settings/index.ts";
import type { SetupAws } from "../../src/setup/setup-aws.ts";

/** Moto's only account. */
export const motoAccount = "123456789012";
export const motoRegion = "eu-central-1";

/** Moto, with an account that is to be set up. */
export interface MotoPlace extends AsyncDisposable {
  readonly tools: RunTools;
  readonly aws: SetupAws;
  plan(): Promise<MadePlan>;
  client<S extends ServiceName>(
    service: S,
    at?: { readonly accountId?: string; readonly region?: string },
  ): Promise<AwsClient<S>>;
}

/** Empties moto; `isMended` where what it gets wrong is to be put right between set-up and it. */
export async function openMotoPlace(url: string, { isMended }: { readonly isMended: boolean }): Promise<MotoPlace> {
  const { ok } = await fetch(`${url}/moto-api/reset`, { method: "POST" });
  if (!ok) throw new Error("Moto cannot be emptied");
  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" };
  // Asked by many at once, moto now and then answers with a page of HTML that says it failed (status 500).
  const clients = new EndpointClients(url, { maxAttempts: 4 });
  const client = <S extends ServiceName>(service: S, { region = motoRegion } = {}): Promise<AwsClient<S>> =>
    clients.get(service, { region, credentials });
  const aws: SetupAws = {
    client: async (service, at) => (isMended ? mended(service, await client(service, at)) : client(service, at)),
  };
  // Moto is done when it answers: nobody waits for it.
  const clock = { now: () => Date.now(), waitUntil: () => Promise.resolve() };
  const deployment = readDeployment(
    { name: "example", accountId: motoAccount, region: motoRegion, depth: "care" },
    clock.now(),
  );
  const wish: SetupWish = {
    ...{ region: motoRegion, createsTrail: true, allowsPaidCopy: false, forOrganization: false, keyArn: "" },
    names: deployment.names,
  };
  let made = 0;
  return {
    aws,
    client,
    tools: {
      runs: new MemoryRuns(),
      underWay: new Set(),
      settingOf,
      awsOf: () => Promise.resolve(aws),
      clock,
      newId: () => `run-${++made}`,
      signal: new AbortController().signal,
      onStep: () => undefined,
    },
    plan: () => makePlan(wish, { deployment, aws, now: clock.now }),
    [Symbol.asyncDispose]: () => clients[Symbol.asyncDispose](),
  };
}

/** What moto 5.2.1 gets wrong, by operation, and how it is asked so that it does what AWS does. */
const mendings: Readonly<Record<string, (input: Given, client: AnyClient) => Promise<Given> | Given>> = {
  // A topic by its ARN is "InsufficientSnsTopicPolicyException".
  CreateTrail: (input) => ({ ...input, SnsTopicName: nameIn(input["SnsTopicName"]) }),
  UpdateTrail: (input) =>
    input["SnsTopicName"] === undefined ? input : { ...input, SnsTopicName: nameIn(input["SnsTopicName"]) },
  // A trail by its ARN is an error of its own, status 500 ...
  StartLogging: (input) => ({ ...input, Name: nameIn(input["Name"]) }),
  StopLogging: (input) => ({ ...input, Name: nameIn(input["Name"]) }),
  // ... or nothing happens.
  DeleteTrail: (input) => ({ ...input, Name: nameIn(input["Name"]) }),
  // Whichever attribute of a queue is set, its policy is forgotten.
  async SetQueueAttributes(input, client) {
    const { QueueUrl } = input;
    const { Attributes = {} } = (await client.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] })) as {
      readonly Attributes?: Given;
    };
    return { ...input, Attributes: { ...Attributes, ...(input["Attributes"] as Given) } };
  },
};

type Given = Readonly<Record<string, unknown>>;
interface AnyClient {
  call(operation: string, input: Given): Promise<unknown>;
}

function mended<S extends ServiceName>(service: S, client: AwsClient<S>): AwsClient<S> {
  return {
    ...client,
    async call(operation, input, options) {
      const mending = mendings[String(operation)];
      if (mending === undefined) return client.call(operation, input, options);
      const right = await mending(input as Given, client);
      return client.call(operation, right, options);
    },
  } satisfies AwsClient<S>;
}

function nameIn(arn: unknown): string {
  return /[^:/]*$/.exec(String(arn))?.[0] ?? "";
}

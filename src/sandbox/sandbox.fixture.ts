import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { EndpointClients } from "../aws/clients/endpoint-clients.fixture.ts";
import { type AwsClient, type Credentials, type ServiceName } from "../aws/index.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "./start-sandbox.ts";
import { madeUpAccounts } from "./made-up-events/accounts.ts";

/** A running sandbox in a folder of its own that goes when the test does. */
export interface TestSandbox extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** A client of an account's administrator, or of whoever else has credentials. */
  client<S extends ServiceName>(
    service: S,
    as?: { readonly accountId?: string; readonly region?: string; readonly credentials?: Credentials },
  ): Promise<AwsClient<S>>;
  /** What the sandbox said went wrong within; a test that expects nothing asserts that it is empty. */
  readonly troubles: readonly unknown[];
}

/** The account that clients are of where a test says no other. */
export const sandboxAccount = "111122223333";
export const sandboxRegion = "eu-central-1";

export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "trailwarden-sandbox-")));
  const troubles: unknown[] = [];
  const sandbox = await startSandbox({
    port: 0,
    seed: "test",
    accounts: madeUpAccounts,
    regions: [sandboxRegion, "us-east-1"],
    token: "test-token",
    onFault: (trouble) => void troubles.push(trouble),
    ...options,
    folder,
  });
  const clients = new EndpointClients(sandbox.url);
  return {
    sandbox,
    folder,
    troubles,
    async client(service, { accountId = sandboxAccount, region = sandboxRegion, credentials } = {}) {
      return clients.get(service, { region, credentials: credentials ?? sandbox.administrator(accountId) });
    },
    async [Symbol.asyncDispose]() {
      await clients[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

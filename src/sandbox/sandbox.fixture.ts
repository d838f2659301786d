import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type AwsClient, clientFor, type Credentials, type ServiceName } from "../aws/index.ts";
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
  /** One for each who, where and what: to make one takes as long as half a call. */
  const clients = new Map<string, Promise<AwsClient<ServiceName>>>();
  return {
    sandbox,
    folder,
    troubles,
    async client(service, { accountId = sandboxAccount, region = sandboxRegion, credentials } = {}) {
      const as = credentials ?? sandbox.administrator(accountId);
      const key = JSON.stringify([service, region, as]);
      const known = clients.get(key) as Promise<AwsClient<typeof service>> | undefined;
      if (known !== undefined) return known;
      const made = clientFor(service, { endpoint: sandbox.url, region, credentials: as, maxAttempts: 1 });
      clients.set(key, made);
      return made;
    },
    async [Symbol.asyncDispose]() {
      for (const client of await Promise.all(clients.values())) client.close();
      await sandbox[Symbol.asyncDispose]();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

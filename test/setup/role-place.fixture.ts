import { join } from "node:path";
import type { Clock } from "../../src/base/clock.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { openSetup, type RunningSetup } from "../../src/setup/index.ts";
import { makeWatcher } from "../../src/setup/permissions/made-role.fixture.ts";
import { snapshotAccounts } from "../../src/setup/planning/account-snapshot.fixture.ts";
import { openState } from "../../src/state/index.ts";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";
import { nothingStored } from "./nothing-stored.fixture.ts";

const roleName = "trailwarden";
export const roleArn = `arn:aws:iam::${sandboxAccount}:role/${roleName}`;

/** Set-up as the program has it, with a state in a file, on a made-up account that it may do in what a role allows. */
export interface RolePlace extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  readonly setup: RunningSetup;
  /** Sources that were asked for, and those that were let rest. */
  readonly sources: readonly string[];
  readonly rested: readonly string[];
  /** What the next source that is asked for fails with. */
  failSource(error: Error): void;
  /** What set-up said is our own fault. */
  readonly failures: readonly unknown[];
  /** Makes the role as it is printed for the deployment; another one's takes its place. */
  allowAsPrintedFor(deployment: string): Promise<void>;
  /** What the role may do beside, until the next is said. */
  allowMore(statement: { readonly Action: readonly string[]; readonly Resource: readonly string[] }): Promise<void>;
  allowNoMore(): Promise<void>;
  /** Everything in the account. */
  snapshot(): Promise<object>;
}

/** The sandbox's clock, on which waiting takes no time. */
export function hurriedClock({ sandbox: { clock } }: TestSandbox): Clock {
  return {
    now: () => clock.now(),
    async waitUntil(until, signal) {
      signal?.throwIfAborted();
      clock.advance(Math.max(0, until - clock.now()));
    },
  };
}

/** Opens it with two deployments in one role: `example`, under care, and `looking`, which only looks. */
export async function openRolePlace(): Promise<RolePlace> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const sandbox = stack.use(await openSandbox());
  const state = stack.use(await openState({ directory: join(folder.path, "data") }));
  const [sources, rested, failures]: [string[], string[], unknown[]] = [[], [], []];
  const troubles: Error[] = [];
  const setup = stack.use(
    openSetup({
      table: state.deployments,
      clock: hurriedClock(sandbox),
      customUserAgent: "trailwarden-test",
      ...nothingStored,
      sources: {
        async ensureQueue({ name }) {
          const trouble = troubles.pop();
          if (trouble !== undefined) throw trouble;
          sources.push(name);
          return name;
        },
        rest: (name) => Promise.resolve(void rested.push(name)),
        probe: () => Promise.resolve({ isGood: true, sentence: "The way works" }),
      },
      onFailure: (error) => void failures.push(error),
    }),
  );
  const { credentials } = await makeWatcher(sandbox);
  const { accessKeyId, secretAccessKey } = credentials;
  for (const [name, depth] of [["example", "care"] as const, ["looking", "look"] as const]) {
    const at = { accountId: sandboxAccount, region: sandboxRegion, endpoint: sandbox.sandbox.url };
    const secrets = { accessKeyId, secretAccessKey };
    await setup.add({ name, depth, roleArn, externalId: "example-external-id", secrets, ...at, automatic: ["all"] });
  }
  const iam = await sandbox.client("iam");
  const put = (PolicyName: string, document: object) =>
    iam.call("PutRolePolicy", { RoleName: roleName, PolicyName, PolicyDocument: JSON.stringify(document) });
  const open = stack.move();
  return {
    sandbox,
    setup,
    sources,
    rested,
    failures,
    failSource: (error) => void troubles.push(error),
    async allowAsPrintedFor(deployment) {
      const [printed] = await setup.role(deployment, { format: "json" });
      const role = JSON.parse(printed?.text ?? "") as PrintedRole;
      await makeUnlessThere(sandbox, role);
      for (const { PolicyName, PolicyDocument } of role.Policies) await put(PolicyName, PolicyDocument);
    },
    async allowMore(statement) {
      await put("more", { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
    },
    async allowNoMore() {
      await put("more", {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" }],
      });
    },
    snapshot: () => snapshotAccounts(sandbox, [sandboxAccount]),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** What is printed in the form `json`. */
interface PrintedRole {
  readonly RoleName: string;
  readonly MaxSessionDuration: number;
  readonly AssumeRolePolicyDocument: object;
  readonly Policies: readonly { readonly PolicyName: string; readonly PolicyDocument: object }[];
}

async function makeUnlessThere(sandbox: TestSandbox, role: PrintedRole): Promise<void> {
  const iam = await sandbox.client("iam");
  const { RoleName, MaxSessionDuration } = role;
  const { Roles = [] } = await iam.call("ListRoles", {});
  if (Roles.some((one) => one.RoleName === RoleName)) return;
  const AssumeRolePolicyDocument = JSON.stringify(role.AssumeRolePolicyDocument);
  await iam.call("CreateRole", { RoleName, MaxSessionDuration, AssumeRolePolicyDocument });
}

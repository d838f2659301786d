import { randomBytes } from "node:crypto";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { readDeployment } from "../deployments/deployment-request.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { MemoryRuns } from "../running/memory-runs.fixture.ts";
import type { RunTools } from "../running/run-tools.ts";
import { sandboxAws } from "../settings/contract.fixture.ts";
import { settingOf } from "../settings/index.ts";
import { plainTrail } from "../settings/plain-trail.fixture.ts";
import { trailSetting } from "../settings/trail.ts";
import type { TrailValue } from "../settings/values.ts";
import type { DeploymentRequest } from "../setup.ts";
import { makePlan, type MadePlan } from "./make-plan.ts";
import type { SetupWish } from "./plan.ts";

/** A made-up AWS account that is to be set up. */
export interface SetUpPlace extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  readonly deployment: Deployment;
  readonly tools: RunTools;
  plan(wish?: Partial<SetupWish>): Promise<MadePlan>;
  /** Makes a trail with a bucket that takes its files. */
  makeTrail(name: string, change?: Partial<TrailValue>, options?: { readonly isStarted?: boolean }): Promise<string>;
}

export const region = sandboxRegion;

export async function openSetUpPlace(
  accountId: string = sandboxAccount,
  more: Partial<DeploymentRequest> = {},
): Promise<SetUpPlace> {
  const sandbox = await openSandbox();
  const deployment = readDeployment({ name: "example", accountId, region, depth: "care", ...more }, 0);
  const aws = sandboxAws(sandbox);
  const { clock } = sandbox.sandbox;
  const tools: RunTools = {
    runs: new MemoryRuns(),
    underWay: new Set(),
    settingOf,
    awsOf: () => Promise.resolve(aws),
    clock,
    newId: () => `${clock.now()}-${randomBytes(4).toString("hex")}`,
    signal: new AbortController().signal,
    onStep: () => undefined,
  };
  return {
    sandbox,
    deployment,
    tools,
    plan(wish = {}) {
      const whole: SetupWish = {
        region,
        createsTrail: true,
        allowsPaidCopy: false,
        forOrganization: false,
        names: deployment.names,
        keyArn: "",
        ...wish,
      };
      return makePlan(whole, { deployment, aws, now: () => clock.now() });
    },
    makeTrail: (name, change = {}, options = {}) => makeTrail(sandbox, accountId, { name, change, ...options }),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

async function makeTrail(
  sandbox: TestSandbox,
  accountId: string,
  wanted: { readonly name: string; readonly change: Partial<TrailValue>; readonly isStarted?: boolean },
): Promise<string> {
  const { name, change, isStarted = true } = wanted;
  const arn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
  const after = plainTrail(`${name}-logs`, { isMultiRegion: true, ...change });
  await trailSetting.put({ accountId, region, arn }, { before: undefined, after }, sandboxAws(sandbox));
  if (isStarted) await (await sandbox.client("cloudtrail", { accountId })).call("StartLogging", { Name: arn });
  return arn;
}

/** A bucket that takes log files of all trails, and grants nobody else anything. */
export async function makeBucket(sandbox: TestSandbox, accountId: string, Bucket: string): Promise<void> {
  const s3 = await sandbox.client("s3", { accountId });
  await s3.call("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: region } });
  const allow = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } };
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Theirs", ...allow, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${Bucket}` },
      { ...allow, Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    ],
  });
  await s3.call("PutBucketPolicy", { Bucket, Policy });
}

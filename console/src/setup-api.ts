import type { InferRequestType } from "hono/client";
import type { RunMessage } from "../../src/server/index.ts";
import { client } from "./api.ts";
import { readLines } from "./ndjson.ts";
import { toProblem } from "./problem.ts";
import type {
  CheckResult,
  CostAnswer,
  Deployment,
  DeploymentRequest,
  DoctorAnswer,
  Drift,
  HistoryEntry,
  PlanAnswer,
  RoleAnswer,
  SetupRun,
  Wish,
} from "./setup-types.ts";

const { deployments, runs } = client.api.v1.setup;
const deployment = deployments[":name"];

/** As many of the history as are asked for at once. */
const historyPageSize = 50;

/** The client puts a parameter into the path as it stands. */
function named(name: string): { readonly param: { readonly name: string } } {
  return { param: { name: encodeURIComponent(name) } };
}

export async function fetchDeployments(signal: AbortSignal): Promise<readonly Deployment[]> {
  return (await (await deployments.$get({}, { init: { signal } })).json()).deployments;
}

export async function fetchDeployment(name: string, signal: AbortSignal): Promise<Deployment> {
  return (await (await deployment.$get(named(name), { init: { signal } })).json()).deployment;
}

export async function addDeployment(request: DeploymentRequest): Promise<Deployment> {
  return (await (await deployments.$post({ json: { ...request } })).json()).deployment;
}

export async function removeDeployment(name: string): Promise<void> {
  await deployment.$delete(named(name));
}

export async function fetchPlan(name: string, wish: Wish, signal: AbortSignal): Promise<PlanAnswer> {
  return await (await deployment.plan.$post({ ...named(name), json: { ...wish } }, { init: { signal } })).json();
}

export async function fetchCheck(name: string, signal: AbortSignal): Promise<CheckResult> {
  return await (
    await deployment.check.$post({ ...named(name), json: { repairs: false } }, { init: { signal } })
  ).json();
}

/** Says that the way is right as it is now. */
export async function agreeOn(name: string): Promise<CheckResult> {
  return await (await deployment.agree.$post(named(name))).json();
}

export async function fetchRuns(name: string, signal: AbortSignal): Promise<readonly SetupRun[]> {
  return (await (await deployment.runs.$get(named(name), { init: { signal } })).json()).runs;
}

export async function fetchHistory(
  name: string,
  before: string,
  signal: AbortSignal,
): Promise<{ readonly history: readonly HistoryEntry[]; readonly next: string | null }> {
  const query = { limit: String(historyPageSize), ...(before === "" ? {} : { before }) };
  return await (await deployment.history.$get({ ...named(name), query }, { init: { signal } })).json();
}

export type RoleAsk = InferRequestType<typeof deployment.role.$get>["query"];

export async function fetchRole(
  name: string,
  query: RoleAsk,
  signal: AbortSignal,
): Promise<RoleAnswer & { readonly others: readonly RoleAnswer[] }> {
  return await (await deployment.role.$get({ ...named(name), query }, { init: { signal } })).json();
}

export async function fetchDoctor(name: string, signal: AbortSignal): Promise<DoctorAnswer> {
  return await (await deployment.doctor.$get(named(name), { init: { signal } })).json();
}

export async function fetchCost(name: string, signal: AbortSignal): Promise<CostAnswer> {
  return await (await deployment.cost.$get(named(name), { init: { signal } })).json();
}

/** A run as it goes on; the last is how it ended. */
export type RunStream = () => AsyncGenerator<SetupRun>;

async function* follow(answer: Promise<Response>): AsyncGenerator<SetupRun> {
  for await (const line of readLines<RunMessage>(await answer)) {
    if (line.kind === "failed") throw toProblem(line.problem, line.problem.status);
    yield line.run;
  }
}

export function applyPlan(name: string, planId: string, wish: Wish): RunStream {
  return () => follow(deployment.apply.$post({ ...named(name), json: { planId, ...wish } }));
}

/** Mends what a check found, with a person's yes. */
export function repairDrift(name: string, { check, about }: Pick<Drift, "check" | "about">): RunStream {
  return () => follow(deployment.repair.$post({ ...named(name), json: { check, about } }));
}

export function goOnWith(runId: string): RunStream {
  return () => follow(runs[":id"]["go-on"].$post({ param: { id: encodeURIComponent(runId) } }));
}

export function undoRun(runId: string, options: { readonly withLogFiles: boolean }): RunStream {
  return () => follow(runs[":id"].undo.$post({ param: { id: encodeURIComponent(runId) }, json: options }));
}

import { ask } from "./api.ts";
import { readLines } from "./ndjson.ts";
import { toProblem } from "./problem.ts";
import type {
  CheckResult,
  CostAnswer,
  Deployment,
  DeploymentRequest,
  DoctorRow,
  HistoryEntry,
  PlanAnswer,
  RoleAnswer,
  RoleFormat,
  SetupRun,
  Wish,
} from "./setup-types.ts";

const root = "/api/v1/setup";

/** As many of the history as are asked for at once. */
export const historyPageSize = 50;

function pathOf(name: string, ...rest: readonly string[]): string {
  return [root, "deployments", encodeURIComponent(name), ...rest].join("/");
}

async function get<T>(path: string, signal: AbortSignal): Promise<T> {
  return (await (await ask(path, { signal })).json()) as T;
}

function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) });
}

async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await (await post(path, body, signal)).json()) as T;
}

export async function fetchDeployments(signal: AbortSignal): Promise<readonly Deployment[]> {
  return (await get<{ deployments: Deployment[] }>(`${root}/deployments`, signal)).deployments;
}

export async function fetchDeployment(name: string, signal: AbortSignal): Promise<Deployment> {
  return (await get<{ deployment: Deployment }>(pathOf(name), signal)).deployment;
}

export async function addDeployment(request: DeploymentRequest): Promise<Deployment> {
  return (await postJson<{ deployment: Deployment }>(`${root}/deployments`, request)).deployment;
}

export async function removeDeployment(name: string): Promise<void> {
  await ask(pathOf(name), { method: "DELETE" });
}

export function fetchPlan(name: string, wish: Wish, signal: AbortSignal): Promise<PlanAnswer> {
  return postJson(pathOf(name, "plan"), wish, signal);
}

export function fetchCheck(
  name: string,
  options: { readonly repairs: boolean },
  signal?: AbortSignal,
): Promise<CheckResult> {
  return postJson(pathOf(name, "check"), options, signal);
}

export async function fetchRuns(name: string, signal: AbortSignal): Promise<readonly SetupRun[]> {
  return (await get<{ runs: SetupRun[] }>(pathOf(name, "runs"), signal)).runs;
}

export async function fetchHistory(
  name: string,
  before: string,
  signal: AbortSignal,
): Promise<readonly HistoryEntry[]> {
  const query = new URLSearchParams({ limit: String(historyPageSize), ...(before === "" ? {} : { before }) });
  const path = `${pathOf(name, "history")}?${query.toString()}`;
  return (await get<{ history: HistoryEntry[] }>(path, signal)).history;
}

export function fetchRole(
  name: string,
  asked: { readonly format: RoleFormat; readonly principal: string },
  signal: AbortSignal,
): Promise<RoleAnswer> {
  const { format, principal } = asked;
  const query = new URLSearchParams({ format, ...(principal === "" ? {} : { principal }) });
  return get(`${pathOf(name, "role")}?${query.toString()}`, signal);
}

export async function fetchDoctor(name: string, signal: AbortSignal): Promise<readonly DoctorRow[]> {
  return (await get<{ rows: DoctorRow[] }>(pathOf(name, "doctor"), signal)).rows;
}

export function fetchCost(name: string, signal: AbortSignal): Promise<CostAnswer> {
  return get(pathOf(name, "cost"), signal);
}

type RunMessage =
  | { readonly kind: "run"; readonly run: SetupRun }
  | { readonly kind: "done"; readonly run: SetupRun }
  | { readonly kind: "failed"; readonly problem: { readonly status: number } };

/** A run as it goes on, one by one; the last one is how it ended. */
export type RunStream = () => AsyncGenerator<SetupRun>;

async function* streamRun(path: string, body: unknown): AsyncGenerator<SetupRun> {
  for await (const line of readLines<RunMessage>(await post(path, body))) {
    if (line.kind === "failed") throw toProblem(line.problem, line.problem.status);
    yield line.run;
  }
}

export function applyPlan(name: string, planId: string, wish: Wish): RunStream {
  return () => streamRun(pathOf(name, "apply"), { planId, ...wish });
}

/** Mends what a check found, with a person's yes. */
export function repairDrift(name: string, check: string): RunStream {
  return () => streamRun(pathOf(name, "repair"), { check });
}

export function goOnWith(runId: string): RunStream {
  return () => streamRun(`${root}/runs/${encodeURIComponent(runId)}/go-on`, {});
}

export function undoRun(runId: string, options: { readonly withLogFiles: boolean }): RunStream {
  return () => streamRun(`${root}/runs/${encodeURIComponent(runId)}/undo`, options);
}

import type { DeploymentTable } from "../../state/index.ts";
import { SetupError } from "../errors.ts";
import type { SetupRun } from "./run.ts";

/** Where runs last. */
export type RunTable = Pick<DeploymentTable, "putRun" | "getRun" | "runs">;

/** Writes the run down; when this returns, it lasts. */
export async function keepRun(runs: RunTable, run: SetupRun): Promise<void> {
  const { id, deployment, status, startedAt } = run;
  await runs.putRun({ id, deployment, status, startedAt, content: run });
}

/** Rejects with `run-unknown`. */
export async function readRun(runs: Pick<RunTable, "getRun">, id: string): Promise<SetupRun> {
  const row = await runs.getRun(id);
  if (row !== undefined) return row.content as SetupRun;
  throw new SetupError(`There is no run ${id}`, {
    code: "run-unknown",
    fault: "user",
    help: "List the deployment's runs to see which there are",
  });
}

/** Runs that anybody may look for an unfinished one among: only the newest of a deployment can be. */
const lookedThrough = 200;

/** The deployment's runs, the newest first. */
export async function newestRuns(runs: RunTable, deployment: string): Promise<readonly SetupRun[]> {
  return (await runs.runs(deployment, lookedThrough)).map(({ content }) => content as SetupRun);
}

/**
 * To be called at start: a run that says it is running, while no process works on it, was ended by a crash. It is
 * stopped: it can go on, or be undone.
 */
export async function recoverRuns(
  runs: RunTable & Pick<DeploymentTable, "list">,
  underWay: ReadonlySet<string>,
): Promise<readonly SetupRun[]> {
  const recovered: SetupRun[] = [];
  for (const { name } of await runs.list()) {
    if (underWay.has(name)) continue;
    for (const run of await newestRuns(runs, name)) {
      if (run.status !== "running") continue;
      const lastAt = Math.max(run.startedAt, ...run.steps.map(({ at }) => at ?? 0));
      const stopped: SetupRun = { ...run, status: "stopped", endedAt: lastAt };
      await keepRun(runs, stopped);
      recovered.push(stopped);
    }
  }
  return recovered;
}

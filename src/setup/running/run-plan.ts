import { SetupError } from "../errors.ts";
import type { PlanStep, SetupPlan } from "../planning/plan.ts";
import { asTheyStand } from "./as-they-stand.ts";
import { doStep } from "./do-step.ts";
import { doUndoStep } from "./do-undo-step.ts";
import { RunRecord } from "./run-record.ts";
import { keepRun, newestRuns, readRun } from "./run-table.ts";
import type { RunTools, StepTools } from "./run-tools.ts";
import type { RunStep, SetupRun } from "./run.ts";
import { markUndone, undoSteps } from "./undo-steps.ts";

/**
 * Does exactly what the plan says, step by step; each is written down before it is begun. Resolves with the run, which
 * is `stopped` where a step failed. Rejects with `run-under-way`, `plan-obstacles`, or what cannot be written.
 */
export async function applyPlan(
  plan: SetupPlan,
  { kind = "apply" }: { readonly kind?: "apply" | "repair" },
  tools: RunTools,
): Promise<SetupRun> {
  const [obstacle] = plan.obstacles;
  if (obstacle !== undefined) {
    const { sentence, help } = obstacle;
    throw new SetupError(`The plan cannot be applied: ${sentence}`, { code: "plan-obstacles", fault: "user", help });
  }
  return alone(plan.deployment, tools, (aws) => work(newRun(plan, kind, plan.steps, tools), aws, tools));
}

/** Goes on with a run that stopped, or that a crash ended. One that is done stays as it is. */
export async function goOn(runId: string, tools: RunTools): Promise<SetupRun> {
  const { deployment } = await readRun(tools.runs, runId);
  return alone(deployment, tools, async (aws) => {
    const run = await readRun(tools.runs, runId);
    const undo = await unfinishedUndoOf(runId, deployment, tools);
    if (run.status === "undone" || undo !== undefined) throw over(run, undo);
    return run.status === "done" ? run : work(run, aws, tools);
  });
}

/**
 * Takes a run back, as another run: the last step first. What somebody changed since is left and named, and so is a
 * bucket that holds log files, unless they are to go with it. An undo that stopped goes on.
 */
export async function undoRun(
  runId: string,
  { withLogFiles }: { readonly withLogFiles: boolean },
  tools: RunTools,
): Promise<SetupRun> {
  const { deployment } = await readRun(tools.runs, runId);
  return alone(deployment, tools, async (aws) => {
    const run = await readRun(tools.runs, runId);
    const unfinished = await unfinishedUndoOf(runId, deployment, tools);
    if (unfinished !== undefined) return work({ ...unfinished, withLogFiles }, aws, tools);
    const isOver = run.status === "undone" && !run.steps.some(({ status }) => status === "left");
    if (run.kind === "undo" || isOver) throw over(run, undefined);
    const steps = await asTheyStand(run, undoSteps(run), { ...tools, aws });
    return work({ ...newRun(run.plan, "undo", steps, tools), undoes: run.id, withLogFiles }, aws, tools);
  });
}

/** One run of a deployment at a time. */
async function alone(
  deployment: string,
  { underWay, awsOf }: RunTools,
  run: (aws: StepTools["aws"]) => Promise<SetupRun>,
): Promise<SetupRun> {
  if (underWay.has(deployment)) {
    throw new SetupError(`A run of the deployment ${deployment} is under way`, {
      code: "run-under-way",
      fault: "user",
      help: "Wait until it has ended",
    });
  }
  underWay.add(deployment);
  try {
    return await run(await awsOf(deployment));
  } finally {
    underWay.delete(deployment);
  }
}

function newRun(
  plan: SetupPlan,
  kind: SetupRun["kind"],
  steps: readonly PlanStep[],
  { newId, clock }: Pick<RunTools, "newId" | "clock">,
): SetupRun {
  return {
    id: newId(),
    deployment: plan.deployment,
    kind,
    plan,
    status: "running",
    startedAt: clock.now(),
    endedAt: undefined,
    steps: steps.map((step): RunStep => ({ step, status: "waiting", problem: "", at: undefined })),
  };
}

const settledStatuses: ReadonlySet<RunStep["status"]> = new Set(["done", "undone", "left"]);

/** Does all steps that are not done, in their order. */
async function work(run: SetupRun, aws: StepTools["aws"], tools: RunTools): Promise<SetupRun> {
  const record = await RunRecord.begin(run, tools);
  const stepTools: StepTools = { ...tools, aws };
  const make = run.kind === "undo" ? doUndoStep : doStep;
  for (const [index, { status }] of run.steps.entries()) {
    if (settledStatuses.has(status)) continue;
    if (tools.signal.aborted) return record.end("stopped");
    await record.setStep(index, { status: "begun", problem: "" });
    const end = await make(record, index, stepTools);
    if (end === undefined) return record.end("stopped");
    await record.setStep(index, end);
    if (end.status === "failed") return record.end("stopped");
  }
  if (run.undoes !== undefined) await keepUndone(run.undoes, record.run, tools);
  return record.end("done");
}

async function keepUndone(runId: string, undo: SetupRun, { runs }: Pick<RunTools, "runs">): Promise<void> {
  const undone = await readRun(runs, runId);
  await keepRun(runs, { ...undone, status: "undone", steps: markUndone(undone.steps, undo) });
}

async function unfinishedUndoOf(
  runId: string,
  deployment: string,
  { runs }: Pick<RunTools, "runs">,
): Promise<SetupRun | undefined> {
  const newest = await newestRuns(runs, deployment);
  return newest.find(({ kind, undoes, status }) => kind === "undo" && undoes === runId && status !== "done");
}

function over({ id, kind, status }: SetupRun, undo: SetupRun | undefined): SetupError {
  if (undo !== undefined) {
    return new SetupError(`The run ${id} is being undone by the run ${undo.id}`, {
      code: "run-over",
      fault: "user",
      help: `Go on with the run ${undo.id}, then make a new plan`,
    });
  }
  const why = kind === "undo" && status !== "undone" ? "is an undo itself" : "has been undone";
  return new SetupError(`The run ${id} ${why}`, { code: "run-over", fault: "user", help: "Make a new plan" });
}

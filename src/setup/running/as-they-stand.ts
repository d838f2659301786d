import { pauseOrStop } from "../../base/clock.ts";
import { growingPauseMs } from "../../base/growing-pause.ts";
import type { PlanStep } from "../planning/plan.ts";
import { isSameValue } from "../settings/same-value.ts";
import { readSetting } from "./change-setting.ts";
import { judgeValue } from "./judge-value.ts";
import type { StepTools } from "./run-tools.ts";
import type { RunStep, SetupRun } from "./run.ts";

/** A change whose answer was lost may not show at once. */
const showPause = { first: 250, most: 2_000 };
const showTries = 5;

/** The steps of an undo; those that were not finished are taken back from what they left behind, so far as it is ours. */
export async function asTheyStand(
  run: Pick<SetupRun, "steps">,
  steps: readonly PlanStep[],
  tools: StepTools,
): Promise<readonly PlanStep[]> {
  const standing: PlanStep[] = [];
  for (const step of steps) {
    const made = run.steps.find((kept) => kept.step.id === step.id);
    const isFinished = made === undefined || made.status === "done" || made.status === "left";
    standing.push(isFinished ? step : await fromWhatStands(step, made, tools));
  }
  return standing;
}

async function fromWhatStands(step: PlanStep, made: RunStep, tools: StepTools): Promise<PlanStep> {
  for (let tries = 0; tries < showTries; tries++) {
    if (tries > 0) await pauseOrStop(tools.clock, growingPauseMs(showPause, tries - 1), tools.signal);
    // What may not be read is told when the undo comes to it.
    const now = await readSetting(step, tools).catch(() => step.before);
    if (isSameValue(now, made.step.before)) continue;
    const isOurs = judgeValue(now, { ...made.step, wasTried: true, isFresh: false }) === "open";
    return isOurs ? { ...step, before: now ?? null } : step;
  }
  return step;
}

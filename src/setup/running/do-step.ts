import { changeSetting, readSetting } from "./change-setting.ts";
import { type Attempted, explainFailure } from "./explain-failure.ts";
import { isFreshIn } from "./fresh.ts";
import { judgeValue } from "./judge-value.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunStep } from "./run.ts";
import type { StepTools } from "./run-tools.ts";
import { tellDifference } from "./tell-difference.ts";

/** What became of a step; nothing when the program is to end in the middle of it. */
export type StepEnd = Pick<RunStep, "status" | "problem" | "wasTried">;

export const stepDone: StepEnd = { status: "done", problem: "" };

/** Makes one step of a plan, or finishes it. Rejects only when the run cannot be written. */
export async function doStep(record: RunRecord, index: number, tools: StepTools): Promise<StepEnd | undefined> {
  const kept = record.run.steps[index];
  if (kept === undefined) return stepDone;
  const { step, wasTried = false } = kept;
  const title = tools.settingOf(step.setting).title(step.place);
  const look = await attempt(() => readSetting(step, tools), { doing: "Reading", title });
  if ("status" in look) return look;
  const judgement = judgeValue(look.value, { ...step, wasTried, isFresh: isFreshIn(record.run, index) });
  if (judgement === "made") return stepDone;
  if (judgement === "changed") return failed(changedMeanwhile(title, look.value, step.before));
  await record.setStep(index, { wasTried: true });
  const changed = await changeSetting(step, look.value, tools);
  switch (changed.kind) {
    case "settled":
      return stepDone;
    case "other":
      return failed(
        `AWS took what was set for ${title}, but ${tellDifference(changed.value, step.after)} after many looks: go on later, or read a new plan`,
      );
    case "refused":
      return refused(changed, step.after === null ? "Taking away" : "Setting", title);
    case "ended":
      return undefined;
  }
}

/** A step that AWS refused; where nothing of it was done, it counts as never tried. */
export function refused(
  { error, isUntouched }: { readonly error: unknown; readonly isUntouched: boolean },
  doing: Attempted["doing"],
  title: string,
): StepEnd {
  return { ...failed(explainFailure(error, { doing, title })), ...(isUntouched ? { wasTried: false } : {}) };
}

/** What a call answers, or the failed step with why. */
export async function attempt<Answer>(
  ask: () => Promise<Answer>,
  attempted: Attempted,
): Promise<{ readonly value: Answer } | StepEnd> {
  try {
    return { value: await ask() };
  } catch (error) {
    return failed(explainFailure(error, attempted));
  }
}

export function failed(problem: string): StepEnd {
  return { status: "failed", problem };
}

function changedMeanwhile(title: string, now: unknown, before: unknown): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)} has been changed meanwhile by somebody: ${tellDifference(now, before)}; read a new plan`;
}

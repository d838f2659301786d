import type { PlanStep, SetupPlan } from "../planning/plan.ts";

/** A plan being applied, or undone, as it lasts: written before each step is begun and when it is done. */
export interface SetupRun {
  readonly id: string;
  readonly deployment: string;
  readonly kind: "apply" | "undo" | "repair";
  /** What it does; an undo has the plan that it takes back. */
  readonly plan: SetupPlan;
  /** `stopped`: a step failed, or the program ended in the middle; it can go on, or be undone. */
  readonly status: "running" | "stopped" | "done" | "undone";
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly steps: readonly RunStep[];
  /** The run that an undo takes back. */
  readonly undoes?: string;
  /** Whether an undo deletes log files too; those of a bucket that the run made. */
  readonly withLogFiles?: boolean;
  /** What follows from it is done too: its way is agreed on and collected, or is no longer. */
  readonly isFollowedUp?: boolean;
}

export interface RunStep {
  readonly step: PlanStep;
  /** `begun`: perhaps done, perhaps not; going on finds out. */
  readonly status: "waiting" | "begun" | "done" | "failed" | "undone" | "left";
  /** Why it failed, or why it was left as it is, with what to do. */
  readonly problem: string;
  readonly at: number | undefined;
  /** AWS was asked to change it: what stands there half-way may be ours. A step that was so already is not undone. */
  readonly wasTried?: boolean;
}

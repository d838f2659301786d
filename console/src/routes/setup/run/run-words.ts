import type { SetupRun } from "../../../setup-types.ts";
import { countOf } from "../../../parts/numbers.ts";

const titles: Readonly<Record<SetupRun["kind"], string>> = {
  apply: "Applying the plan",
  undo: "Taking it back",
  repair: "Repairing",
};

export function runTitle({ kind }: SetupRun): string {
  return titles[kind];
}

/** Whether each step is as the run wants it; those that are left on purpose are. */
export function doneCount({ steps }: SetupRun): number {
  return steps.filter(({ status }) => status === "done" || status === "undone" || status === "left").length;
}

/** How the run stands, in one sentence. */
export function runSentence(run: SetupRun): string {
  const { kind, status, steps } = run;
  const [done, all] = [doneCount(run), steps.length];
  const left = steps.filter((step) => step.status === "left").length;
  const rest =
    left === 0 ? "" : ` ${countOf(left, "thing")} ${left === 1 ? "is" : "are"} left as it is, see why below.`;
  if (status === "running") return `${done} of ${countOf(all, "change")} done.`;
  if (status === "stopped") {
    const failed = steps.find((step) => step.status === "failed");
    const at = failed === undefined ? "" : ` at “${failed.step.what}”`;
    return `It stopped${at}: ${done} of ${countOf(all, "change")} done, nothing else was touched.`;
  }
  if (status === "undone" || kind === "undo") return `It is taken back.${rest}`;
  return `All is done: ${countOf(all, "change")} made.${rest}`;
}

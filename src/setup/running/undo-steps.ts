import { makesPlace } from "../planning/make-step.ts";
import type { PlanStep } from "../planning/plan.ts";
import { placeKey } from "../settings/place.ts";
import { makerOf } from "./fresh.ts";
import type { RunStep, SetupRun } from "./run.ts";

/** Steps that something is to be taken back of: made, or perhaps made. One that was so already was not ours. */
const undoable: ReadonlySet<RunStep["status"]> = new Set(["begun", "done", "failed", "left"]);

/**
 * The steps that take a run back: the last first, each from what it was to be to what it was. What was set on something
 * that the run made comes behind that thing's own going, which takes it along.
 */
export function undoSteps({ id, steps }: Pick<SetupRun, "id" | "steps">): readonly PlanStep[] {
  const backwards = steps.flatMap((kept, index) =>
    kept.wasTried === true && undoable.has(kept.status) ? [{ step: kept.step, maker: makerOf(steps, index) }] : [],
  );
  backwards.reverse();
  const gone = new Set(backwards.filter(({ step }) => makesPlace(step)).map(({ step }) => step));
  const alone = backwards.filter(({ maker }) => maker === undefined || !gone.has(maker.step));
  return alone.flatMap(({ step }) => [
    turned(step, id),
    ...backwards
      .filter(({ maker }) => maker !== undefined && maker.step === step)
      .map((along) => ({ ...turned(along.step, id), after: null, isFresh: true })),
  ]);
}

function turned(step: PlanStep, runId: string): PlanStep {
  const { id, setting, place, before, after, what, undo } = step;
  return {
    id,
    setting,
    place,
    before: after,
    after: before,
    what: `Take back: ${what}`,
    why: `The run ${runId} did it. ${undo}${lossOf(step)}`,
    cost: "Nothing",
    undo: "A new plan sets it again",
  };
}

/** SQS API Reference, "DeleteQueue". */
function lossOf(step: PlanStep): string {
  if (!makesPlace(step) || !step.setting.endsWith("queue")) return "";
  return "; messages that are still in it are lost, and one of its name can be made again after 60 seconds";
}

/** What became of the steps of a run, after its undo. */
export function markUndone(steps: readonly RunStep[], undo: Pick<SetupRun, "steps">): readonly RunStep[] {
  const ends = new Map(undo.steps.map((kept) => [kept.step.id, kept]));
  return steps.map((kept): RunStep => {
    const end = ends.get(kept.step.id);
    if (end === undefined) return kept;
    const { problem, at } = end;
    return { ...kept, status: end.status === "left" ? "left" : "undone", problem, at };
  });
}

/** The step of an undo that takes away what this one was set on. */
export function takenAlongWith(steps: readonly RunStep[], { place }: PlanStep): RunStep | undefined {
  return steps.find(({ step }) => step.isFresh !== true && placeKey(step.place) === placeKey(place));
}

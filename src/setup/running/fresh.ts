import { makesPlace } from "../planning/make-step.ts";
import { placeKey } from "../settings/place.ts";
import type { RunStep, SetupRun } from "./run.ts";

/** The step of this run that made what a later one is set on. */
export function makerOf(steps: readonly RunStep[], index: number): RunStep | undefined {
  const place = steps[index]?.step.place;
  if (place === undefined) return undefined;
  return steps
    .slice(0, index)
    .find(({ step, wasTried }) => wasTried === true && makesPlace(step) && placeKey(step.place) === placeKey(place));
}

/**
 * Whether a step is set on what the run itself made: what AWS gives a new resource may be replaced. One that somebody
 * else made meanwhile is somebody else's.
 */
export function isFreshIn({ steps, kind }: Pick<SetupRun, "steps" | "kind">, index: number): boolean {
  return kind !== "undo" && makerOf(steps, index) !== undefined;
}

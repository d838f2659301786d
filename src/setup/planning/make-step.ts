import { type Place, placeKey } from "../settings/place.ts";
import type { SettingName } from "../settings/values.ts";
import type { PlanStep } from "./plan.ts";

/** How a step is told; without more it costs nothing and is set back. */
export type Telling = Pick<PlanStep, "what" | "why"> & Partial<Pick<PlanStep, "cost" | "undo">>;

export interface StepChange {
  readonly place: Place;
  /** Null for a setting that is not there. */
  readonly before: unknown;
  readonly after: unknown;
  /** What it is set on is made by an earlier step. */
  readonly isFresh: boolean;
}

/** One step of a plan; a plan has at most one for each setting of a place. */
export function makeStep(
  setting: SettingName,
  { place, before, after, isFresh }: StepChange,
  telling: Telling,
): PlanStep {
  const { what, why, cost = "Nothing", undo = "It is set back to what it was" } = telling;
  const id = `${setting} ${placeKey(place)}`;
  return { id, setting, place, before, after, what, why, cost, undo, ...(isFresh ? { isFresh } : {}) };
}

/** Settings that are the resource itself: others of its place come and go with it. */
const makers: ReadonlySet<SettingName> = new Set(["bucket", "topic", "queue", "dead-letter-queue", "trail"]);

/** Whether the step makes something that was not there. */
export function makesPlace({ setting, before, after }: PlanStep): boolean {
  return makers.has(setting) && isNothing(before) && !isNothing(after);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

import { makeStep, type Telling } from "../planning/make-step.ts";
import type { PlanStep } from "../planning/plan.ts";
import type { Place } from "../settings/place.ts";
import { isSameValue } from "../settings/same-value.ts";
import type { SettingName, SettingValues } from "../settings/values.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import type { CheckContext } from "./check.ts";

export interface StepAt {
  /** Elsewhere than where the part is now; what stands there is given too. */
  readonly place?: Place | undefined;
  readonly before?: unknown;
  /** What it is set on is made by an earlier step. */
  readonly isFresh?: boolean;
}

/**
 * The step that sets something from what it is to what it is to be; none when it is so, or was never set, or could not
 * be read.
 */
export function changeSteps<Name extends SettingName>(
  { now }: CheckContext,
  setting: Name,
  after: SettingValues[Name] | null | undefined,
  telling: Telling,
  at: StepAt = {},
): readonly PlanStep[] {
  const place = at.place ?? now.places[partOfSetting[setting]];
  if (after === undefined || place === undefined) return [];
  if (at.place === undefined && now.unread.some((one) => one.setting === setting)) return [];
  const before = at.place === undefined ? (now.values[setting] ?? null) : (at.before ?? null);
  if (isSameValue(before, after)) return [];
  return [makeStep(setting, { place, before, after, isFresh: at.isFresh === true }, telling)];
}

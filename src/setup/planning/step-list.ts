import type { SettingName, SettingValues } from "../settings/values.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import type { Wiring } from "../wiring/wiring.ts";
import { isSameValue } from "../settings/same-value.ts";
import { placeKey } from "../settings/place.ts";
import { makesPlace, makeStep, type Telling } from "./make-step.ts";
import type { PlanStep } from "./plan.ts";

/** Puts steps together from what was read and what is to be; what is so already makes none. */
export class StepList {
  readonly #wiring: Wiring;
  readonly #steps: PlanStep[] = [];
  readonly #made = new Set<string>();

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
  }

  get steps(): readonly PlanStep[] {
    return this.#steps;
  }

  /** Whether the setting is to be as `after` says; a setting that could not be read is left alone. */
  set<Name extends SettingName>(setting: Name, after: SettingValues[Name], telling: Telling): void {
    const place = this.#wiring.places[partOfSetting[setting]];
    if (place === undefined || this.isUnread(setting)) return;
    const before = this.#wiring.values[setting];
    if (before !== undefined && isSameValue(before, after)) return;
    const isFresh = this.#made.has(placeKey(place));
    const step = makeStep(setting, { place, before: before ?? null, after, isFresh }, telling);
    if (makesPlace(step)) this.#made.add(placeKey(place));
    this.#steps.push(step);
  }

  isUnread(setting: SettingName): boolean {
    return this.#wiring.unread.some((one) => one.setting === setting);
  }
}

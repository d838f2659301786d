import { nameOf, type Place } from "../settings/place.ts";
import type { SettingName, SettingValues } from "../settings/values.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import type { WiringPart } from "../wiring/wiring.ts";
import type { CheckContext } from "./check.ts";

/** A setting as it was agreed on, and as it is. */
export interface Compared<Name extends SettingName> {
  readonly was: SettingValues[Name] | undefined;
  readonly is: SettingValues[Name] | undefined;
}

/** Nothing when either side could not be read: what is not known is neither there nor absent. */
export function compared<Name extends SettingName>(context: CheckContext, setting: Name): Compared<Name> | undefined {
  const { agreed, now } = context;
  const isHidden = [agreed, now].some(({ unread }) => unread.some((one) => one.setting === setting));
  if (isHidden || now.places[partOfSetting[setting]] === undefined) return undefined;
  return { was: agreed.values[setting], is: now.values[setting] };
}

/** What a setting is, where it is known and set. */
export function valueNow<Name extends SettingName>(
  { now }: CheckContext,
  setting: Name,
): SettingValues[Name] | undefined {
  return now.unread.some((one) => one.setting === setting) ? undefined : now.values[setting];
}

/** Whether what the setting makes was there, and certainly is not any more, at the same place. */
export function isGone(
  context: CheckContext,
  setting: "trail" | "bucket" | "topic" | "queue" | "subscription",
): boolean {
  const both = compared(context, setting);
  return both !== undefined && both.was !== undefined && both.is === undefined && isSamePlace(context, setting);
}

/** Whether a part of the way is where it was. */
export function isSamePlace({ agreed, now }: CheckContext, setting: SettingName): boolean {
  const part = partOfSetting[setting];
  const [was, is] = [agreed.places[part], now.places[part]];
  return was !== undefined && is !== undefined && was.arn === is.arn && was.to === is.to;
}

/** A part's name as people know it; of what is nowhere, that it is unknown. */
export function nameNow({ agreed, now }: CheckContext, part: WiringPart): string {
  const place = now.places[part] ?? agreed.places[part];
  return place === undefined ? "(unknown)" : nameOf(place);
}

/** What an event has to mention to be about these places: their names, which stand in their ARNs too. */
export function mentionsOf(...places: readonly (Place | undefined)[]): readonly string[] {
  return [...new Set(places.flatMap((place) => (place === undefined ? [] : [nameOf(place)])))].filter(
    (name) => name !== "",
  );
}

import type { SettingName, TrailValue } from "../settings/values.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import { placeKey } from "../settings/place.ts";
import type { Unread, Wiring, WiringPart } from "../wiring/wiring.ts";
import type { Drift } from "./check.ts";

interface Followed {
  /** Parts that are agreed on as they are now, with all that is set on them. */
  readonly parts: readonly WiringPart[];
  readonly settings: readonly SettingName[];
  /** Of the trail, where it is the same one. */
  readonly members: readonly (keyof TrailValue)[];
}

const followedBy: Readonly<Record<string, Followed>> = {
  "bucket-reassigned": { parts: ["bucket"], settings: [], members: ["bucket", "prefix"] },
  "topic-changed": { parts: ["topic"], settings: ["queue-policy"], members: ["topicArn"] },
  "trail-deleted": { parts: ["trail", "bucket", "topic", "key"], settings: ["queue-policy"], members: [] },
};

/**
 * The way to agree on when a drift was followed: as it was agreed on, but for what the drift is about. What else has
 * drifted meanwhile stays a drift; agreeing on the whole way as it is would forget it.
 */
export function agreeOnFollowed(
  agreed: Wiring,
  now: Wiring,
  { check, follows }: Pick<Drift, "check" | "follows">,
): Wiring {
  const followed = follows === true ? followedBy[check] : undefined;
  if (followed === undefined) return agreed;
  const isTaken = (setting: SettingName) =>
    followed.parts.includes(partOfSetting[setting]) || followed.settings.includes(setting);
  const kept = Object.entries(agreed.values).filter(([setting]) => !isTaken(setting as SettingName));
  const taken = Object.entries(now.values).filter(([setting]) => isTaken(setting as SettingName));
  const unread = [
    ...agreed.unread.filter(({ setting }) => !isTaken(setting)),
    ...now.unread.filter(({ setting }) => isTaken(setting)).map((one) => stillToRead(agreed, one)),
  ];
  const places = { ...agreed.places, ...Object.fromEntries(followed.parts.map((part) => [part, now.places[part]])) };
  const { subscription } = followed.parts.includes("topic") ? now.places : agreed.places;
  const values = { ...Object.fromEntries([...kept, ...taken]), ...trailMembers(agreed, now, followed.members) };
  return {
    ...agreed,
    readAt: now.readAt,
    unread,
    values,
    places: { ...places, ...(subscription === undefined ? {} : { subscription }) },
  };
}

/** What could be read before is still missed when it cannot be read at the place that is followed. */
function stillToRead({ unread }: Wiring, one: Unread): Unread {
  return unread.some(({ setting }) => setting === one.setting) ? one : { ...one, code: "NotReadYet" };
}

/**
 * The way as it was agreed on, with what could not be read then and can be now: as it is when it is first seen. The same
 * where there is nothing of that kind.
 */
export function agreeOnReadable(agreed: Wiring, now: Wiring): Wiring {
  const isReadable = ({ setting }: Unread) => {
    const [was, is] = [agreed.places[partOfSetting[setting]], now.places[partOfSetting[setting]]];
    const isHidden = now.unread.some((one) => one.setting === setting);
    return !isHidden && was !== undefined && is !== undefined && placeKey(was) === placeKey(is);
  };
  const readable = agreed.unread.filter(isReadable);
  if (readable.length === 0) return agreed;
  const learned = Object.fromEntries(
    readable.flatMap(({ setting }) => (now.values[setting] === undefined ? [] : [[setting, now.values[setting]]])),
  );
  const unread = agreed.unread.filter((one) => !isReadable(one));
  return { ...agreed, unread, values: { ...agreed.values, ...learned } };
}

/** The trail as it was agreed on, with some of what it is. */
function trailMembers(agreed: Wiring, now: Wiring, members: readonly (keyof TrailValue)[]): Wiring["values"] {
  const [was, is] = [agreed.values.trail, now.values.trail];
  if (was === undefined || is === undefined || members.length === 0) return {};
  return { trail: { ...was, ...Object.fromEntries(members.map((member) => [member, is[member]])) } };
}

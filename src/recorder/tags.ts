import { type Collection, type LastingState } from "../base/lasting.ts";
import { members, optionalList, optionalText } from "./parameters.ts";
import { refusal } from "./refusal.ts";

/** Tags of one thing by their keys, in the order they came; a key without a value has `null`. */
export type Tags = readonly (readonly [key: string, value: string | null])[];

const tagsMax = 50;

/** Tags by the ARN of what they hang on. */
export function tagsOf(state: LastingState): Collection<Tags> {
  return state.collection("cloudtrail/tags");
}

/**
 * Reads a list of tags: at most 50, each key once, keys to 128 and values to 256 characters (API Reference, Tag,
 * InvalidTagParameterException, TagsLimitExceededException). That `aws:` is kept for AWS is from its tagging guide.
 */
export function readTags(list: unknown): Tags {
  const entries = optionalList(list, "TagsList") ?? [];
  if (entries.length > tagsMax) throw tooManyTags();
  const tags = entries.map((entry): readonly [string, string | null] => {
    const { Key, Value } = members(entry, "TagsList");
    const key = optionalText(Key, "Key") ?? "";
    const value = optionalText(Value, "Value") ?? null;
    if (key === "" || [...key].length > 128) throw badTag("A tag's key has 1 to 128 characters");
    if (value !== null && [...value].length > 256) throw badTag("A tag's value has at most 256 characters");
    if (key.toLowerCase().startsWith("aws:")) throw badTag("A tag's key does not begin with aws:");
    return [key, value];
  });
  if (new Set(tags.map(([key]) => key)).size < tags.length) throw badTag("A tag's key is there twice");
  return tags;
}

/** Tags with others put over them (API Reference, AddTags: an existing key gets the new value). */
export function withTags(before: Tags, added: Tags): Tags {
  const after = [...new Map([...before, ...added])];
  if (after.length > tagsMax) throw tooManyTags();
  return after;
}

/** Tags with the given keys taken away, whatever value is given with them. */
export function withoutTags(before: Tags, taken: Tags): Tags {
  const keys = new Set(taken.map(([key]) => key));
  return before.filter(([key]) => !keys.has(key));
}

export function shapeOfTags(tags: Tags): { Key: string; Value?: string }[] {
  return tags.map(([key, value]) => (value === null ? { Key: key } : { Key: key, Value: value }));
}

function tooManyTags() {
  return refusal("TagsLimitExceededException", `A resource has at most ${tagsMax} tags`);
}

function badTag(message: string) {
  return refusal("InvalidTagParameterException", message);
}

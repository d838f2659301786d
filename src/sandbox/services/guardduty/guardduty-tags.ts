import { badRequest } from "./guardduty-store.ts";

/** The tags with more, by the general rules of tags. */
export function readTags(
  before: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const after = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(more ?? {})) {
    if (key === "" || key.length > 128 || value.length > 256 || /^aws:/iu.test(key))
      throw badRequest("The request is rejected because a tag is not valid.");
    after.set(key, value);
  }
  if (after.size > 50) throw badRequest("The request is rejected because a resource has at most 50 tags.");
  return Object.fromEntries(after);
}

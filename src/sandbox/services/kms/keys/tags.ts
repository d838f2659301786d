import { AwsError } from "../../../../aws/index.ts";
import { type KmsKey } from "./key.ts";

/** Checks tags as KMS does. API Reference, TagResource. */
export function readTags(
  given: readonly { readonly TagKey?: string | undefined; readonly TagValue?: string | undefined }[],
): KmsKey["tags"] {
  const tags = given.map(({ TagKey: key = "", TagValue: value = "" }) => {
    if (key === "" || key.length > 128 || value.length > 256 || /^aws:/i.test(key)) {
      throw new AwsError("TagException", `The tag ${key.slice(0, 128)} is not valid`);
    }
    return { TagKey: key, TagValue: value };
  });
  if (new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length) {
    throw new AwsError("TagException", "Duplicate tag keys");
  }
  if (tags.length > 50) throw new AwsError("LimitExceededException", "Too many tags");
  return tags;
}

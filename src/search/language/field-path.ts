import type { FieldPath } from "../../predicate/index.ts";
import { readPath } from "./read-field.ts";
import { resolveField } from "./resolve.ts";

/** For short names with several paths: the one whose values a list of the most frequent is made of. */
const listedPaths: Readonly<Record<string, FieldPath>> = {
  user: ["userIdentity", "arn"],
  role: ["userIdentity", "sessionContext", "sessionIssuer", "userName"],
  // The store's own column: recipientAccountId, else the caller's account.
  account: ["$account"],
};

/** The path whose values stand for a field, given by name or alias; undefined when there is no such field. */
export function fieldPathOf(name: string): FieldPath | undefined {
  const keys = readPath(name);
  const resolution = keys === undefined ? undefined : resolveField(keys);
  if (resolution === undefined || resolution.kind === "unknown") {
    return undefined;
  }
  if (resolution.name.kind === "path") {
    return resolution.name.path;
  }
  const listed = listedPaths[resolution.name.name];
  return listed ?? (resolution.kind === "known" ? resolution.field.paths[0] : undefined);
}

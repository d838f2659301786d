import type { PolicyDocument } from "../settings/values.ts";
import { statementsOf } from "./read-statement.ts";
import { namesService } from "./statement-answers.ts";

/** Any of these says on whose behalf a service may call (IAM User Guide, "The confused deputy problem"). */
const pins: ReadonlySet<string> = new Set([
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
]);

/**
 * Statements that let a service in on behalf of anybody: a stranger's trail that names the bucket may write into it. By
 * their Sid, else by their place. They are somebody's own, and told instead of changed.
 */
export function unpinnedStatements(document: PolicyDocument | undefined, service: string): readonly string[] {
  return statementsOf(document).flatMap(({ read, sid }, index) => {
    if (read?.Effect !== "Allow" || read.Principal === "*" || !namesService(read, service)) return [];
    const keys = Object.values(read.Condition ?? {}).flatMap((asked) => Object.keys(asked));
    return keys.some((key) => pins.has(key.toLowerCase())) ? [] : [sid ?? `number ${index + 1}`];
  });
}

/** What a person should know of them; nothing where there are none. */
export function unpinnedNote(what: string, document: PolicyDocument | undefined, service: string): readonly string[] {
  const found = unpinnedStatements(document, service);
  if (found.length === 0) return [];
  const which = found.length === 1 ? `The statement ${found[0]} of` : `The statements ${found.join(", ")} of`;
  return [
    `${which} ${what} let ${service} in on behalf of anybody's trail: pin them to yours with aws:SourceArn, after you have seen who else relies on them`,
  ];
}

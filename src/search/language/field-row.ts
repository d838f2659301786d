import type { FieldKind, QueryField } from "./field.ts";

/** A field that is one path of the record. */
export function pathField(
  name: string,
  kind: FieldKind,
  summary: string,
  example: string,
  aliases: readonly string[] = [],
): QueryField {
  return { name, paths: [name.split(".")], summary, example: `${name}${example}`, aliases, kind };
}

import { type FieldPath, textsAt } from "../../predicate/index.ts";

/** A field with many values (through an array) puts an event into as many groups, to this number. */
const groupsOfEventMax = 20;

/** The groups that a record belongs to: one for each choice of values; none when a field has none. */
export function groupsOf(record: unknown, paths: readonly FieldPath[]): readonly (readonly string[])[] {
  let groups: readonly (readonly string[])[] = [[]];
  for (const path of paths) {
    // As many values as could ever be used: an event may hold tens of thousands.
    const texts = [...new Set(textsAt(record, path))].slice(0, groupsOfEventMax);
    groups = groups.flatMap((group) => texts.map((text) => [...group, text])).slice(0, groupsOfEventMax);
  }
  return groups;
}

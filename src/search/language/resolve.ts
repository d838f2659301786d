import { editDistance } from "../../base/edit-distance.ts";
import type { FieldPath } from "../../predicate/index.ts";
import type { QueryField } from "./field.ts";
import { queryFields } from "./fields.ts";
import type { FieldName } from "./query.ts";

/** What a written field name turns out to be. */
export type Resolution =
  | { readonly kind: "known"; readonly name: FieldName; readonly field: QueryField }
  /** A dotted path that nobody told us of; CloudTrail has thousands. */
  | { readonly kind: "path"; readonly name: FieldName }
  | { readonly kind: "unknown"; readonly suggestion: string | undefined };

const byName = new Map<string, QueryField>();
for (const field of queryFields) {
  for (const name of [field.name, ...field.aliases]) {
    byName.set(name.toLowerCase(), field);
  }
}

/** Names whose own reading of a value differs from comparing one path. */
const readersOfTheirOwn = new Set(["user", "role", "service", "account", "resource", "agent"]);

/** Finds what a field name means: known names in either case, then any dotted path with the known part set right. */
export function resolveField(keys: FieldPath): Resolution {
  const field = byName.get(keys.join(".").toLowerCase());
  const [path] = field?.paths ?? [];
  if (field !== undefined && !keys.some((key) => key.includes("."))) {
    if (readersOfTheirOwn.has(field.name) || path === undefined) {
      return { kind: "known", name: { kind: "alias", name: field.name }, field };
    }
    return { kind: "known", name: { kind: "path", path }, field };
  }
  const isOpen = keys.includes("*") || keys.includes("**");
  if (keys.length === 1 && !isOpen) {
    return { kind: "unknown", suggestion: suggestField(keys[0] ?? "") };
  }
  return { kind: "path", name: { kind: "path", path: spellKnownPart(keys) } };
}

/** The table's row for a path, if it is one. */
export function fieldOfPath(path: FieldPath): QueryField | undefined {
  const field = byName.get(path.join(".").toLowerCase());
  return field?.name === path.join(".") ? field : undefined;
}

/** The table's row for a name or an alias. */
export function fieldOfName(name: string): QueryField | undefined {
  return byName.get(name.toLowerCase());
}

/** The longest known beginning of the path gets CloudTrail's own spelling; keys behind it stay as written. */
function spellKnownPart(keys: FieldPath): FieldPath {
  for (let length = keys.length - 1; length > 0; length -= 1) {
    const field = byName.get(keys.slice(0, length).join(".").toLowerCase());
    const [path] = field?.paths ?? [];
    if (field !== undefined && path !== undefined && field.name === path.join(".")) {
      return [...path, ...keys.slice(length)];
    }
  }
  const [first = "", ...rest] = keys;
  return [byPart.get(first.toLowerCase()) ?? first, ...rest];
}

const byPart = new Map(queryFields.flatMap((field) => field.name.split(".").map((part) => [part.toLowerCase(), part])));

/** Whether a key stands somewhere in the known fields. */
export function isKnownKey(key: string): boolean {
  return byPart.has(key.toLowerCase());
}

/** The known field that a mistyped name most likely means: by its last part or its beginning, else by how few letters differ. */
export function suggestField(written: string): string | undefined {
  const wanted = written.toLowerCase();
  const byEnd = queryFields.find((field) => field.name.toLowerCase().endsWith(`.${wanted}`));
  if (byEnd !== undefined) {
    return byEnd.name;
  }
  const byStart =
    wanted.length < 4 ? undefined : queryFields.find((field) => field.name.toLowerCase().startsWith(wanted));
  if (byStart !== undefined) {
    return byStart.name;
  }
  let best: { name: string; distance: number } | undefined;
  for (const [known, field] of byName) {
    for (const name of [known, known.split(".").at(-1) ?? known]) {
      const distance = editDistance(wanted, name);
      if (distance <= Math.max(1, Math.floor(wanted.length / 3)) && distance < (best?.distance ?? Infinity)) {
        best = {
          name: name === known && field.aliases.includes(known) ? known : field.name,
          distance,
        };
      }
    }
  }
  return best?.name;
}

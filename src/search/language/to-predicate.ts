import { literalOf, type FieldPath, type Predicate } from "../../predicate/index.ts";
import { readAlias } from "./aliases.ts";
import type { Query } from "./query.ts";
import { testOf } from "./test-of.ts";
import { wordsOrText } from "./words-or-text.ts";

type Condition = Query & { readonly kind: "condition" };

/** Opens the short names of a query and makes it the tree of conditions that is searched for. */
export function toPredicate(query: Query): Predicate {
  switch (query.kind) {
    case "all":
      return { kind: "all" };
    case "not":
      return { kind: "not", of: toPredicate(query.of) };
    case "text":
      return wordsOrText(query.pattern);
    case "condition":
      return conditionToPredicate(query);
    case "and":
      return { kind: "and", of: query.of.map(toPredicate) };
    case "or": {
      const parts = gatherValues(query.of);
      const [only] = parts;
      return parts.length === 1 && only !== undefined ? only : { kind: "or", of: parts };
    }
  }
}

/** Values that are asked of one field become one list, which an index answers at once. */
function gatherValues(parts: readonly Query[]): Predicate[] {
  const gathered: (Predicate | { readonly path: FieldPath; readonly cased: boolean; readonly values: string[] })[] = [];
  const lists = new Map<string, string[]>();
  for (const part of parts) {
    const value = part.kind === "condition" && part.test.op === "is" ? literalOf(part.test.pattern) : undefined;
    if (part.kind !== "condition" || part.test.op !== "is" || part.field.kind !== "path" || value === undefined) {
      gathered.push(toPredicate(part));
      continue;
    }
    const { path } = part.field;
    const key = JSON.stringify([path, part.test.cased]);
    const known = lists.get(key);
    if (known === undefined) {
      const values = [value];
      lists.set(key, values);
      gathered.push({ path, cased: part.test.cased, values });
    } else if (!known.includes(value)) {
      known.push(value);
    }
  }
  return gathered.map((part) =>
    "kind" in part
      ? part
      : {
          kind: "field",
          path: part.path,
          test: { op: "equals", values: part.values, cased: part.cased },
        },
  );
}

function conditionToPredicate({ field, test }: Condition): Predicate {
  if (field.kind === "alias") {
    return readAlias(field.name, test);
  }
  return { kind: "field", path: field.path, test: testOf(test) };
}

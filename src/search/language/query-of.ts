import { tidyPattern, type FieldPath, type Pattern, type Predicate, type Test } from "../../predicate/index.ts";
import type { Comparator, Comparison, Query } from "./query.ts";
import { fieldOfPath } from "./resolve.ts";
import { wordsOrText } from "./words-or-text.ts";

/**
 * The query for a tree of conditions (a detection rule opened as a search); undefined when a condition has no form in
 * the query language.
 */
export function queryOf(predicate: Predicate): Query | undefined {
  switch (predicate.kind) {
    case "all":
      return { kind: "all" };
    case "none":
      return { kind: "not", of: { kind: "all" } };
    case "not": {
      const inner = queryOf(predicate.of);
      return inner === undefined ? undefined : { kind: "not", of: inner };
    }
    case "and":
    case "or":
      return joinParts(predicate.kind, predicate.of.map(queryOf));
    case "text":
      return textOf(tidyPattern(predicate.pattern));
    case "words":
      return { kind: "text", pattern: tidyPattern(predicate.pattern) };
    case "field":
      return conditionOf(predicate.path, predicate.test);
    case "fields":
      // The query language has no word for it.
      return undefined;
  }
}

/** A bare word is looked for whole; stars at both ends let it stand anywhere. */
function textOf(pattern: Pattern): Query {
  if (pattern.every((part) => part === "*")) {
    return { kind: "all" };
  }
  const isAnywhere = wordsOrText(pattern).kind === "text";
  return { kind: "text", pattern: isAnywhere ? pattern : tidyPattern(["*", ...pattern, "*"]) };
}

function joinParts(kind: "and" | "or", parts: readonly (Query | undefined)[]): Query | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) {
    return undefined;
  }
  const [only] = known;
  if (known.length === 1 && only !== undefined) {
    return only;
  }
  return known.length > 0
    ? { kind, of: known }
    : kind === "and"
      ? { kind: "all" }
      : { kind: "not", of: { kind: "all" } };
}

function conditionOf(path: FieldPath, test: Test): Query | undefined {
  const kind = fieldOfPath(path)?.kind ?? "text";
  const condition = (comparison: Comparison): Query => ({
    kind: "condition",
    field: { kind: "path", path },
    test: comparison,
  });
  switch (test.op) {
    case "equals":
      return joinParts(
        "or",
        test.values.map((value) =>
          kind === "time" && !test.cased
            ? undefined
            : condition({ op: "is", pattern: [{ text: value }], cased: test.cased }),
        ),
      );
    case "like": {
      const pattern = tidyPattern(test.pattern);
      const isAny = pattern.every((part) => part === "*" || part === "?");
      if (isAny && pattern.length === 2 && pattern.includes("*")) {
        return condition({ op: "has-value" });
      }
      // A star alone also takes the empty text, which `field:*` does not.
      return condition(
        isAny && !pattern.includes("?")
          ? { op: "regex", source: "^", flags: "" }
          : { op: "is", pattern, cased: test.cased },
      );
    }
    case "regex":
      return test.source === "" || /\n/.test(test.source) ? undefined : condition({ ...test });
    case "compare":
      return kind === "time" ? undefined : condition(test);
    case "compare-time":
      return condition(wholeMilliseconds(test.by, test.at));
    case "cidr":
      return kind === "ip" && test.range.includes("/") ? condition(test) : undefined;
    case "time-part":
      return undefined;
    case "exists":
    case "null":
      return condition(test);
  }
}

function wholeMilliseconds(by: Comparator, at: number): Comparison {
  switch (by) {
    case ">":
      return { op: "compare-time", by: ">=", at: Math.floor(at) + 1 };
    case ">=":
      return { op: "compare-time", by, at: Math.ceil(at) };
    case "<":
      return { op: "compare-time", by, at: Math.ceil(at) };
    case "<=":
      return { op: "compare-time", by: "<", at: Math.floor(at) + 1 };
  }
}

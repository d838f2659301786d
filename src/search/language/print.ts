import { literalOf, type FieldPath, type Pattern } from "../../predicate/index.ts";
import { quoteValue } from "./quote-value.ts";
import type { Comparison, FieldName, Query } from "./query.ts";
import { resolveField } from "./resolve.ts";

/** Writes a query so that reading it gives the same query again. */
export function printQuery(query: Query): string {
  return query.kind === "all" ? "" : printPart(query);
}

function printPart(query: Query): string {
  switch (query.kind) {
    case "all":
      return "*";
    case "text":
      return printPattern(query.pattern, true);
    case "condition":
      return printCondition(query.field, query.test);
    case "not":
      return query.of.kind === "text" || query.of.kind === "condition" || query.of.kind === "all"
        ? `-${printPart(query.of)}`
        : `-(${printPart(query.of)})`;
    case "and":
      return query.of
        .map((part) => (part.kind === "and" || part.kind === "or" ? `(${printPart(part)})` : printPart(part)))
        .join(" ");
    case "or":
      return query.of.map((part) => (part.kind === "or" ? `(${printPart(part)})` : printPart(part))).join(" OR ");
  }
}

function printCondition(field: FieldName, test: Comparison): string {
  const name = printFieldName(field);
  switch (test.op) {
    case "is":
      return `${name}${test.cased ? "==" : ":"}${printPattern(test.pattern, false)}`;
    case "has-value":
      return `${name}:*`;
    case "exists":
      return `_exists_:${name}`;
    case "null":
      return `_null_:${name}`;
    case "regex":
      return `${name}:/${test.source.replaceAll("/", "\\/")}/${test.flags}`;
    case "compare":
      return `${name}${test.by}${test.number}`;
    case "compare-time":
      return `${name}${test.by}${new Date(test.at).toISOString()}`;
    case "cidr":
      return `${name}:${test.range}`;
  }
}

/** Writes a field's name; keys with special characters stand in quotation marks. */
export function printFieldName(field: FieldName): string {
  return field.kind === "alias" ? field.name : printPath(field.path);
}

/** Writes a path as it is written in a query. */
export function printPath(path: FieldPath): string {
  if (resolveField(path).kind === "unknown") {
    return quoteValue(path[0] ?? "", true);
  }
  return path
    .map((key, index) => {
      const isPlain = index === 0 ? /^(?:\*\*?|[A-Za-z_$@][\w$@-]*)$/.test(key) : /^(?:\*\*?|[\w$@-]+)$/.test(key);
      return isPlain ? key : quoteValue(key, true);
    })
    .join(".");
}

function printPattern(pattern: Pattern, isBare: boolean): string {
  const whole = literalOf(pattern);
  if (whole !== undefined) {
    // A bare word with an operator in it would be taken for a field, and a range of addresses is no text on `ip`.
    return quoteValue(whole, isBare ? /[:=/]/.test(whole) : /^[\d.:a-f]+\/\d+$/i.test(whole));
  }
  return pattern.map((part) => (typeof part === "object" ? escapeWord(part.text) : part)).join("");
}

function escapeWord(text: string): string {
  return text.replace(/[\u0000-\u007f\s]/g, (char) => (/[0-9A-Za-z_@.+]/.test(char) ? char : `\\${char}`));
}

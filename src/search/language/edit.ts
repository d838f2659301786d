import { literalOf, type FieldPath } from "../../predicate/index.ts";
import { clausesOf, hasOrAtTop, type Clause } from "./clauses.ts";
import { parseQuery } from "./parse.ts";
import { printPath, printQuery } from "./print.ts";
import type { Query } from "./query.ts";
import { quoteValue } from "./quote-value.ts";

export type FilterState = "in" | "out" | "none";

/** Times in a filter stand as they are written, so any instant will do. */
const anyNow = 0;

/**
 * Adds a filter that a person clicked: events with this value of the field (`in`) or without it (`out`); without a value,
 * events that have the field at all. Added twice it stands once; its opposite is replaced; a second value of a field
 * joins the first, as no event could have both.
 */
export function addFilter(
  text: string,
  field: string | FieldPath,
  value: string | undefined,
  way: "in" | "out",
): string {
  const filter = printFilter(field, value);
  const added = way === "in" ? filter : `-${filter}`;
  const wanted = readFilter(filter);
  const clauses = readClauses(text);
  if (wanted === undefined || clauses === undefined) {
    return appendClause(text, added);
  }
  if (clauses.some((clause) => clause.isNegative === (way === "out") && hasFilter(clause.query, wanted))) {
    return text;
  }
  const opposite = clauses.find((clause) => clause.isNegative !== (way === "out") && hasFilter(clause.query, wanted));
  if (opposite !== undefined) {
    const rest = withoutValue(opposite, wanted);
    return replaceClause(text, opposite, rest === "" ? added : `${rest} ${added}`);
  }
  const sameField =
    way === "in" && value !== undefined ? clauses.find((clause) => takesValue(clause, wanted)) : undefined;
  if (sameField !== undefined) {
    const values = [...valuesOf(sameField.query), wanted].map((part) => printQuery(part).slice(fieldLength(part)));
    return replaceClause(text, sameField, `${printQuery(wanted).slice(0, fieldLength(wanted))}(${values.join(", ")})`);
  }
  return appendClause(text, added);
}

/** Takes a filter away again, whichever way it stands. */
export function removeFilter(text: string, field: string | FieldPath, value: string | undefined): string {
  const wanted = readFilter(printFilter(field, value));
  const clause = wanted && readClauses(text)?.find(({ query }) => hasFilter(query, wanted));
  return wanted && clause ? replaceClause(text, clause, withoutValue(clause, wanted)) : text;
}

/** Whether a query already asks for a value or against it. */
export function filterState(text: string, field: string | FieldPath, value: string | undefined): FilterState {
  const wanted = readFilter(printFilter(field, value));
  const clause = wanted && readClauses(text)?.find(({ query }) => hasFilter(query, wanted));
  return clause === undefined ? "none" : clause.isNegative ? "out" : "in";
}

/** A clause with what it means when its negation is taken off. */
interface ReadClause extends Clause {
  readonly query: Query;
}

function printFilter(field: string | FieldPath, value: string | undefined): string {
  const name = typeof field === "string" ? field : printPath(field);
  const isRangeShaped = value !== undefined && /^[\d.:a-f]+\/\d+$/i.test(value);
  return `${name}:${value === undefined ? "*" : quoteValue(value, isRangeShaped)}`;
}

function readFilter(filter: string): Query | undefined {
  const parsed = parseQuery(filter, { now: anyNow });
  return parsed.ok ? parsed.query : undefined;
}

/** Undefined when the text cannot be read, or is one OR, of which no part stands alone. */
function readClauses(text: string): readonly ReadClause[] | undefined {
  const clauses: ReadClause[] = [];
  for (const clause of clausesOf(text)) {
    const parsed = parseQuery(clause.text, { now: anyNow });
    if (!parsed.ok) {
      return undefined;
    }
    const { query } = parsed;
    clauses.push({
      ...clause,
      query: clause.isNegative && query.kind === "not" ? query.of : query,
    });
  }
  return clauses;
}

/** Whether the clause is the filter, or a list of one field's values with the filter's among them. */
function hasFilter(query: Query, wanted: Query): boolean {
  return isSame(query, wanted) || valuesOf(query).some((part) => isSame(part, wanted));
}

function valuesOf(query: Query): readonly Query[] {
  const isList =
    query.kind === "or" && query.of.every((part) => part.kind === "condition" && literalValue(part) !== undefined);
  return isList ? query.of : query.kind === "condition" && literalValue(query) !== undefined ? [query] : [];
}

function literalValue(query: Query): string | undefined {
  return query.kind === "condition" && query.test.op === "is" && !query.test.cased
    ? literalOf(query.test.pattern)
    : undefined;
}

/** Whether a positive clause asks for other values of the same field only. */
function takesValue(clause: ReadClause, wanted: Query): boolean {
  const values = valuesOf(clause.query);
  return (
    !clause.isNegative &&
    literalValue(wanted) !== undefined &&
    values.length > 0 &&
    values.every((part) => part.kind === "condition" && wanted.kind === "condition" && isSame(part.field, wanted.field))
  );
}

function withoutValue(clause: ReadClause, wanted: Query): string {
  const left = valuesOf(clause.query).filter((part) => !isSame(part, wanted));
  const [only] = left;
  if (only === undefined || isSame(clause.query, wanted)) {
    return "";
  }
  const sign = clause.isNegative ? "-" : "";
  if (left.length === 1) {
    return sign + printQuery(only);
  }
  const values = left.map((part) => printQuery(part).slice(fieldLength(part)));
  return `${sign}${printQuery(only).slice(0, fieldLength(only))}(${values.join(", ")})`;
}

/** How much of a printed condition is the field and its operator. */
function fieldLength(query: Query): number {
  return query.kind === "condition" ? printQuery({ ...query, test: { op: "has-value" } }).length - 1 : 0;
}

/** Case does not matter to a filter. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a).toLowerCase() === JSON.stringify(b).toLowerCase();
}

function appendClause(text: string, added: string): string {
  const before = text.trim();
  if (before === "" || before === "*") {
    return added;
  }
  return `${hasOrAtTop(before) ? `(${before})` : before} ${added}`;
}

/** Puts another text in a clause's place; with none, the AND beside it goes too. */
function replaceClause(text: string, clause: Clause, replacement: string): string {
  let before = text.slice(0, clause.start).trimEnd();
  let after = text.slice(clause.end).trimStart();
  if (replacement === "" && /(?:^|\s)(?:AND|&&)$/i.test(before)) {
    before = before.replace(/(?:AND|&&)$/i, "").trimEnd();
  } else if (replacement === "" && before === "") {
    after = after.replace(/^(?:AND|&&)\s+/i, "");
  }
  return [before, replacement, after].filter((part) => part !== "").join(" ");
}

import {
  addFilter,
  clausesOf,
  explainQuery,
  filterState,
  parseQuery,
  queryFields,
  removeFilter,
  type Clause,
  type QueryError,
} from "../../../../src/search/language/index.ts";

export { addFilter, clausesOf, filterState, type Clause, type QueryError };

/** The fields worth naming when someone looks for one. */
export const fieldNames: readonly string[] = queryFields
  .filter((field) => field.unavailable === undefined)
  .map((field) => field.name);

/** What is wrong with a search text; nothing when it can be read. */
export function errorOf(text: string): QueryError | undefined {
  if (text.trim() === "") return undefined;
  const parsed = parseQuery(text, { now: Date.now() });
  return parsed.ok ? undefined : parsed.error;
}

/** The search in an English sentence; empty where it cannot be read. */
export function explain(text: string): string {
  if (text.trim() === "") return "";
  const parsed = parseQuery(text, { now: Date.now() });
  return parsed.ok ? explainQuery(parsed.query) : "";
}

/** The text with the suggestion for its error put in place, and those for what is wrong after it; nothing if that leaves it wrong. */
export function fixed(text: string, error: QueryError): string | undefined {
  let better = text;
  let next: QueryError | undefined = error;
  for (let turn = 0; turn < fixesMax && next !== undefined; turn++) {
    if (next.suggestion === undefined) return undefined;
    better = better.slice(0, next.start) + next.suggestion + better.slice(next.end);
    next = errorOf(better);
  }
  return next === undefined ? better : undefined;
}

const fixesMax = 5;

/** A value that is clicked again is let go; clicked the other way, it turns round. */
export function toggleFilter(text: string, field: string, value: string, way: "in" | "out"): string {
  return filterState(text, field, value) === way
    ? removeFilter(text, field, value)
    : addFilter(text, field, value, way);
}

function join(clauses: readonly string[]): string {
  return clauses.filter((text) => text !== "").join(" ");
}

/** The search without one of its conditions. */
export function withoutClause(query: string, clause: Clause): string {
  return join(clausesOf(query).map((each) => (each.start === clause.start ? "" : each.text)));
}

/** The search with one of its conditions turned into its opposite. */
export function invertClause(query: string, clause: Clause): string {
  return join(clausesOf(query).map((each) => (each.start === clause.start ? inverse(each) : each.text)));
}

function inverse(clause: Clause): string {
  if (clause.isNegative) return clause.text.replace(/^(?:NOT\s+|[-!]\s*)/i, "");
  // With an OR at its top, the sign would belong to the first part alone.
  const [first, ...rest] = clausesOf(`-${clause.text}`);
  return first?.isNegative === true && rest.length === 0 ? `-${clause.text}` : `-(${clause.text})`;
}

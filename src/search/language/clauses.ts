import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokens.ts";

/** One of the conditions that must all hold, as it stands in the text. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** It begins with NOT, `-` or `!`. */
  readonly isNegative: boolean;
}

/** Whether a query is an OR of conditions, of which none can be added to or taken away alone. */
export function hasOrAtTop(text: string): boolean {
  const tokens = tokenize(text);
  let depth = 0;
  return tokens.some((token) => {
    depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
    return depth === 0 && token.kind === "or";
  });
}

/** The conditions that a query is an AND of. With an OR at its top the whole query is one condition. */
export function clausesOf(text: string): readonly Clause[] {
  if (hasOrAtTop(text)) {
    return [{ start: 0, end: text.length, text: text.trim(), isNegative: false }];
  }
  const tokens = tokenize(text);
  const clauses: Clause[] = [];
  for (let at = 0; at < tokens.length;) {
    const first = tokens[at];
    if (first === undefined || first.kind === "and") {
      at += 1;
      continue;
    }
    const next = endOfClause(tokens, at);
    const end = tokens[next - 1]?.end ?? text.length;
    clauses.push({
      start: first.start,
      end,
      text: text.slice(first.start, end),
      isNegative: first.kind === "not",
    });
    at = next;
  }
  return clauses;
}

/** The index of the token behind the clause that begins at `at`. */
function endOfClause(tokens: readonly Token[], start: number): number {
  let at = start;
  while (tokens[at]?.kind === "not") {
    at += 1;
  }
  if (tokens[at]?.kind === "field") {
    at += 1;
    while (tokens[at]?.kind === "operator") {
      at += 1;
    }
  }
  switch (tokens[at]?.kind) {
    case "open":
      return endOfGroup(tokens, at);
    case "range-open":
      return Math.min(at + 5, tokens.length);
    default:
      return Math.min(at + 1, tokens.length);
  }
}

function endOfGroup(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    depth += tokens[at]?.kind === "open" ? 1 : tokens[at]?.kind === "close" ? -1 : 0;
    if (depth === 0) {
      return at + 1;
    }
  }
  return tokens.length;
}

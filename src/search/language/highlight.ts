import { readNumber } from "../../predicate/index.ts";
import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokens.ts";

export type SpanKind =
  | "field"
  | "operator"
  | "keyword"
  | "bracket"
  | "word"
  | "value"
  | "string"
  | "wildcard"
  | "number"
  | "regex"
  | "error";

/** A coloured piece of a query's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: SpanKind;
}

/** The pieces of a query for the editor's colours, from the tokens that the parser reads. */
export function highlightQuery(text: string): readonly Span[] {
  const tokens = tokenize(text);
  return tokens.map((token, index) => ({
    start: token.start,
    end: token.end,
    kind: spanKindOf(token, tokens[index - 1]),
  }));
}

function spanKindOf(token: Token, before: Token | undefined): SpanKind {
  switch (token.kind) {
    case "field":
    case "operator":
    case "regex":
      return token.kind;
    case "and":
    case "or":
    case "not":
    case "to":
      return "keyword";
    case "bad":
      return "error";
    case "value":
      break;
    default:
      return "bracket";
  }
  if (token.isQuoted) {
    return "string";
  }
  const [first] = token.pattern;
  if (token.pattern.length > 1 || typeof first !== "object") {
    return "wildcard";
  }
  if (readNumber(first.text) !== undefined) {
    return "number";
  }
  return before === undefined || before.kind === "and" || before.kind === "or" || before.kind === "value"
    ? "word"
    : "value";
}

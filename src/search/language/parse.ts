import type { Predicate } from "../../predicate/index.ts";
import { QueryFault, type QueryError } from "./errors.ts";
import { queryDepthMax, queryLengthMax } from "./limits.ts";
import { readCondition } from "./parse-condition.ts";
import { Tokens } from "./token-stream.ts";
import type { Query } from "./query.ts";
import { toPredicate } from "./to-predicate.ts";
import { tokenize } from "./tokenize.ts";

export interface ParseOptions {
  /** The instant that `now` means, in milliseconds since the epoch. */
  readonly now: number;
  /** Times without a zone are in UTC, as CloudTrail's are. */
  readonly timeZone?: "UTC";
}

/** A query as read, with the conditions it stands for; or what is wrong with it and where. */
export type ParsedQuery =
  | { readonly ok: true; readonly query: Query; readonly predicate: Predicate }
  | { readonly ok: false; readonly error: QueryError };

/** Reads a query. An empty one asks for every event. */
export function parseQuery(text: string, options: ParseOptions): ParsedQuery {
  try {
    const query = readQuery(text, options.now);
    return { ok: true, query, predicate: toPredicate(query) };
  } catch (error) {
    if (error instanceof QueryFault) {
      return { ok: false, error: error.fault };
    }
    throw error;
  }
}

function readQuery(text: string, now: number): Query {
  if (text.length > queryLengthMax) {
    const message = `A query may have ${queryLengthMax} characters, this has ${text.length}`;
    throw new QueryFault({ code: "too-long", message, start: queryLengthMax, end: text.length });
  }
  const tokens = new Tokens(tokenize(text), text, now);
  if (tokens.peek() === undefined) {
    return { kind: "all" };
  }
  const query = readBinary(tokens, 0, 0);
  const left = tokens.peek();
  if (left !== undefined) {
    throw left.kind === "close"
      ? tokens.fault("parenthesis-unmatched", "There is no ( for this )", left)
      : tokens.fault("operator-misplaced", "This cannot stand here", left);
  }
  return query;
}

/** How strongly an operator binds; terms that stand side by side are joined by AND. */
const strength = { or: 1, and: 2 } as const;

function readBinary(tokens: Tokens, floor: number, depth: number): Query {
  const parts: Query[] = [readUnary(tokens, depth)];
  let kind: "and" | "or" | undefined;
  for (;;) {
    const next = tokens.peek();
    if (next === undefined || next.kind === "close") {
      break;
    }
    const operator = next.kind === "or" ? "or" : "and";
    if (strength[operator] <= floor) {
      break;
    }
    if (next.kind === operator) {
      tokens.take();
    }
    const right = readBinary(tokens, strength[operator], depth);
    if (kind !== undefined && kind !== operator) {
      parts.splice(0, parts.length, { kind, of: [...parts] });
    }
    kind = operator;
    parts.push(right);
  }
  const [only] = parts;
  return kind === undefined && only !== undefined ? only : { kind: kind ?? "and", of: parts };
}

function readUnary(tokens: Tokens, depth: number): Query {
  const token = tokens.peek();
  if (depth > queryDepthMax) {
    throw tokens.fault("too-deep", `Parentheses may be nested ${queryDepthMax} deep`, token);
  }
  switch (token?.kind) {
    case "not":
      tokens.take();
      return { kind: "not", of: readUnary(tokens, depth + 1) };
    case "open":
      return readGroup(tokens, depth);
    case "field":
      return readCondition(tokens);
    case "value":
      tokens.take();
      tokens.countTerm(token);
      return isStar(token) ? { kind: "all" } : { kind: "text", pattern: token.pattern };
    case "bad":
      throw tokens.fault(token.code, token.message, token);
    case undefined:
      throw tokens.fault("value-missing", "Something is missing at the end", undefined);
    default:
      throw tokens.fault("operator-misplaced", "Something is missing before this", token);
  }
}

function isStar(token: { readonly pattern: readonly unknown[]; readonly isQuoted: boolean }): boolean {
  return !token.isQuoted && token.pattern.length === 1 && token.pattern[0] === "*";
}

function readGroup(tokens: Tokens, depth: number): Query {
  const open = tokens.take();
  if (tokens.peek()?.kind === "close") {
    throw tokens.fault("value-missing", "There is nothing between these parentheses", open);
  }
  const inner = readBinary(tokens, 0, depth + 1);
  tokens.close(open);
  return inner;
}

import { literalOf } from "../../predicate/index.ts";
import { compareByOrder, compareToBound, compareToRegex, compareToValue, type ValueContext } from "./comparisons.ts";
import { queryDepthMax } from "./limits.ts";
import type { Comparison, FieldName, Query } from "./query.ts";
import { quoteValue } from "./quote-value.ts";
import { readPath } from "./read-field.ts";
import { resolveField } from "./resolve.ts";
import type { Tokens } from "./token-stream.ts";
import type { Operator, Token } from "./tokens.ts";

/** A field as resolved, with what reading its values needs. */
interface Subject extends ValueContext {
  readonly name: FieldName;
  readonly operator: Operator;
}

/** Reads `field:value` in all its forms. */
export function readCondition(tokens: Tokens): Query {
  const field = tokens.take();
  const operator = tokens.take();
  if (field?.kind !== "field" || operator?.kind !== "operator") {
    throw tokens.fault("operator-misplaced", "This cannot stand here", field);
  }
  const written = tokens.text.slice(field.start, field.end);
  if (written === "_exists_" || written === "_null_") {
    return readPresence(tokens, written === "_exists_" ? "exists" : "null", operator);
  }
  const subject = resolveSubject(tokens, field, operator.text);
  const query = readValues({ ...subject, operator: operator.text === "!=" ? "=" : operator.text }, tokens, operator, 0);
  return operator.text === "!=" ? { kind: "not", of: query } : query;
}

function resolveSubject(tokens: Tokens, field: Token & { readonly kind: "field" }, operator: Operator): Subject {
  const resolution = resolveField(field.keys);
  const written = tokens.text.slice(field.start, field.end);
  if (resolution.kind === "known") {
    if (resolution.field.unavailable !== undefined) {
      throw tokens.fault(
        "field-not-available",
        `${written} cannot be searched yet: ${resolution.field.unavailable}`,
        field,
      );
    }
    return { name: resolution.name, kind: resolution.field.kind, operator, now: tokens.now };
  }
  if (resolution.kind === "path") {
    return { name: resolution.name, kind: "text", operator, now: tokens.now };
  }
  if (written.startsWith('"')) {
    return { name: { kind: "path", path: field.keys }, kind: "text", operator, now: tokens.now };
  }
  if (resolution.suggestion !== undefined) {
    const message = `There is no field ${written}; did you mean ${resolution.suggestion}?`;
    throw tokens.fault("field-unknown", message, field, resolution.suggestion);
  }
  const word = /^[^\s()"]*/.exec(tokens.text.slice(field.start))?.[0] ?? written;
  const message = `There is no field ${written}; to search for the text itself, put it in quotation marks`;
  throw tokens.fault("field-unknown", message, { ...field, end: field.start + word.length }, quoteValue(word, true));
}

function readPresence(tokens: Tokens, op: "exists" | "null", operator: Token): Query {
  const value = tokens.take();
  const text = value?.kind === "value" ? tokens.text.slice(value.start, value.end) : "";
  const keys = readPath(text);
  if (value === undefined || keys === undefined) {
    throw tokens.fault("value-missing", "The name of a field is missing here", value ?? operator);
  }
  tokens.countTerm(value);
  const resolution = resolveField(keys);
  const name: FieldName = resolution.kind === "unknown" ? { kind: "path", path: keys } : resolution.name;
  return { kind: "condition", field: name, test: { op } };
}

/** One value, or a list of them in parentheses. */
function readValues(subject: Subject, tokens: Tokens, operator: Token, depth: number): Query {
  const token = tokens.peek();
  if (depth > queryDepthMax) {
    throw tokens.fault("too-deep", `Parentheses may be nested ${queryDepthMax} deep`, token);
  }
  switch (token?.kind) {
    case "open": {
      tokens.take();
      if (tokens.peek()?.kind === "close") {
        throw tokens.fault("value-missing", "There is nothing between these parentheses", token);
      }
      const list = readList(subject, tokens, operator, depth + 1);
      tokens.close(token);
      return list;
    }
    case "not":
      tokens.take();
      return { kind: "not", of: readValues(subject, tokens, operator, depth + 1) };
    case "value":
    case "regex":
    case "range-open":
    case "operator":
      tokens.countTerm(token);
      return joinAll(subject, readComparison(subject, tokens, operator));
    case "bad":
      throw tokens.fault(token.code, token.message, token);
    default:
      throw tokens.fault("value-missing", "A value is missing after this", operator);
  }
}

/** `(a, b)`, `(a b)` and `(a OR b)` are any of; AND binds more strongly. */
function readList(subject: Subject, tokens: Tokens, operator: Token, depth: number): Query {
  const any: Query[] = [];
  do {
    const all = [readValues(subject, tokens, operator, depth)];
    while (tokens.peek()?.kind === "and") {
      tokens.take();
      all.push(readValues(subject, tokens, operator, depth));
    }
    any.push(join("and", all));
    const next = tokens.peek()?.kind;
    if (next === "or" || next === "comma") {
      tokens.take();
    }
  } while (tokens.peek() !== undefined && tokens.peek()?.kind !== "close");
  return join("or", any);
}

function join(kind: "and" | "or", of: readonly Query[]): Query {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
}

function joinAll(subject: Subject, comparisons: readonly Comparison[]): Query {
  return join(
    "and",
    comparisons.map((test): Query => ({ kind: "condition", field: subject.name, test })),
  );
}

function readComparison(subject: Subject, tokens: Tokens, operator: Token): readonly Comparison[] {
  const token = tokens.take();
  switch (token?.kind) {
    case "regex":
      return [compareToRegex(token)];
    case "range-open":
      return readRange(subject, tokens, token);
    case "operator":
      return readComparison({ ...subject, operator: token.text }, tokens, token);
    case "value":
      break;
    default:
      throw tokens.fault("value-missing", "A value is missing after this", operator);
  }
  const { operator: by } = subject;
  if (by === ">" || by === ">=" || by === "<" || by === "<=") {
    return [compareByOrder(by, token, subject)];
  }
  if (token.end === token.start || (!token.isQuoted && literalOf(token.pattern) === "")) {
    throw tokens.fault("value-missing", "A value is missing after this", operator);
  }
  return compareToValue(token, by === "==", subject);
}

function readRange(
  subject: Subject,
  tokens: Tokens,
  open: Token & { readonly kind: "range-open" | "range-close" },
): readonly Comparison[] {
  const [low, , high, close] = [tokens.take(), tokens.take(), tokens.take(), tokens.take()];
  if (low?.kind !== "value" || high?.kind !== "value" || close?.kind !== "range-close") {
    throw tokens.fault("range-not-valid", "Write a range as [a TO b]", open);
  }
  const bounds = [
    ...compareToBound(open.isIncluded ? ">=" : ">", low, subject),
    ...compareToBound(close.isIncluded ? "<=" : "<", high, subject),
  ];
  return bounds.length === 0 ? [{ op: "has-value" }] : bounds;
}

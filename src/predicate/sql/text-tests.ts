import { foldAscii, hasWideCase } from "../fold.ts";
import { literalOf, literalsOf, tidyPattern } from "../pattern.ts";
import { regexOfPattern } from "../regex/of-pattern.ts";
import { printRe2 } from "../regex/print.ts";
import type { Regex } from "../regex/tree.ts";
import type { Pattern } from "../tree.ts";
import { quoteText, quoteTexts } from "./quote.ts";
import { areHashable, hashIsOneOf } from "./text-hash.ts";

/** A text in SQL: the expression, and the expression for its folded form if an index covers one. */
export interface SqlText {
  readonly name: string;
  readonly folded: string;
  /** An index stands on `folded`, so it is worth asking there too when case matters. */
  readonly isIndexed: boolean;
  /** The column of its hash. */
  readonly hash?: string;
}

/** A text without an index of its own. */
export function plainText(name: string): SqlText {
  return { name, folded: `lower(${name})`, isIndexed: false };
}

/** Whether the whole text is one of the values. */
export function textIsOneOf(text: SqlText, values: readonly string[], cased: boolean): string {
  if (values.length === 0) {
    return "0";
  }
  if (text.hash !== undefined && areHashable(values)) {
    const hashed = hashIsOneOf(text.hash, values);
    return cased ? `(${hashed} AND ${isIn(text.name, values)})` : hashed;
  }
  const folded = isIn(text.folded, [...new Set(values.map((value) => foldAscii(value)))]);
  if (cased) {
    const exact = isIn(text.name, values);
    return text.isIndexed ? `(${folded} AND ${exact})` : exact;
  }
  const wide = values.filter(hasWideCase).map((value) => textFits(text, [{ text: value }], false));
  return anyOf([folded, ...wide]);
}

/** To look a text up in a set of one takes the engine a third longer than to compare it. */
function isIn(name: string, values: readonly string[]): string {
  const [only] = values;
  return only !== undefined && values.length === 1
    ? `${name} = ${quoteText(only)}`
    : `${name} IN (${quoteTexts(values)})`;
}

/** Whether the whole text fits the pattern. */
export function textFits(text: SqlText, pattern: Pattern, cased: boolean): string {
  const tidy = tidyPattern(pattern);
  const literal = literalOf(tidy);
  if (literal !== undefined && (cased || !hasWideCase(literal))) {
    return textIsOneOf(text, [literal], cased);
  }
  if (!cased && literalsOf(tidy).some(hasWideCase)) {
    return textMatches(text.name, regexOfPattern(tidy, false));
  }
  const name = cased ? text.name : text.folded;
  const folded = cased ? tidy : tidy.map((part) => (typeof part === "object" ? { text: foldAscii(part.text) } : part));
  const [first, second, third] = folded;
  if (folded.length === 1 && first === "*") {
    return "1";
  }
  if (folded.length === 2 && typeof first === "object" && second === "*") {
    return `startsWith(${name}, ${quoteText(first.text)})`;
  }
  if (folded.length === 2 && first === "*" && typeof second === "object") {
    return `endsWith(${name}, ${quoteText(second.text)})`;
  }
  if (folded.length === 2 && folded.includes("?") && folded.includes("*")) {
    return `${name} != ''`;
  }
  if (folded.length === 3 && first === "*" && typeof second === "object" && third === "*") {
    return `position(${name}, ${quoteText(second.text)}) > 0`;
  }
  return textMatches(name, regexOfPattern(folded, true));
}

/** Whether the regular expression matches somewhere in the text. */
export function textMatches(name: string, regex: Regex): string {
  return `match(${name}, ${quoteText(printRe2(regex))})`;
}

/** Conditions joined by OR, in parentheses when there are several. */
export function anyOf(conditions: readonly string[]): string {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined
    ? only
    : conditions.length === 0
      ? "0"
      : `(${conditions.join(" OR ")})`;
}

/** Conditions joined by AND, in parentheses when there are several. */
export function allOf(conditions: readonly string[]): string {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined
    ? only
    : conditions.length === 0
      ? "1"
      : `(${conditions.join(" AND ")})`;
}

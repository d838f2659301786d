import { literalOf, readAddress, readNumber, readRegex, readRange } from "../../predicate/index.ts";
import { QueryFault } from "./errors.ts";
import type { FieldKind } from "./field.ts";
import type { Comparator, Comparison } from "./query.ts";
import { isRange } from "./shapes.ts";
import { readTime, type Stretch } from "./times.ts";
import type { Token } from "./tokens.ts";

/** What the reading of a value depends on. */
export interface ValueContext {
  readonly kind: FieldKind;
  readonly now: number;
}

type ValueToken = Token & { readonly kind: "value" };

/** Reads `field:value`; several comparisons must all hold (a day is from its start to its end). */
export function compareToValue(token: ValueToken, isCased: boolean, context: ValueContext): readonly Comparison[] {
  const { pattern, isQuoted } = token;
  const text = literalOf(pattern);
  if (!isQuoted && pattern.length === 1 && pattern[0] === "*") {
    return [{ op: "has-value" }];
  }
  if (text !== undefined && !isCased && context.kind === "time") {
    return within(timeOf(token, text, context));
  }
  if (text !== undefined && !isCased && !isQuoted && context.kind === "ip" && /^[\d.:a-f]+\/\d+$/i.test(text)) {
    return [{ op: "cidr", range: rangeOf(token, text) }];
  }
  return [{ op: "is", pattern, cased: isCased }];
}

/** Reads `field>value`. */
export function compareByOrder(by: Comparator, token: ValueToken, context: ValueContext): Comparison {
  const text = literalOf(token.pattern);
  if (text === undefined) {
    throw notComparable(token);
  }
  const number = context.kind === "time" ? undefined : readNumber(text);
  if (number !== undefined) {
    return { op: "compare", by, number };
  }
  const stretch = context.kind === "time" ? timeOf(token, text, context) : readTime(text, context.now);
  if (stretch === undefined) {
    throw notComparable(token);
  }
  switch (by) {
    case ">":
      return { op: "compare-time", by: ">=", at: stretch.end };
    case ">=":
      return { op: "compare-time", by: ">=", at: stretch.start };
    case "<":
      return { op: "compare-time", by: "<", at: stretch.start };
    case "<=":
      return { op: "compare-time", by: "<", at: stretch.end };
  }
}

/** Reads `field:/regex/i`. */
export function compareToRegex(token: Token & { readonly kind: "regex" }): Comparison {
  const source = token.source.replaceAll("\\/", "/");
  const reading = readRegex(source, token.flags);
  if (!reading.ok) {
    const start = token.start + 1 + offsetIn(token.source, reading.start);
    const end = Math.max(start + 1, token.start + 1 + offsetIn(token.source, reading.end));
    throw new QueryFault({
      code: "regex-not-supported",
      message: reading.message,
      start,
      end: Math.min(end, token.end),
    });
  }
  return { op: "regex", source, flags: token.flags };
}

/** Reads one bound of `[a TO b]`; a star is an open end. */
export function compareToBound(by: Comparator, token: ValueToken, context: ValueContext): readonly Comparison[] {
  const isOpen = !token.isQuoted && token.pattern.length === 1 && token.pattern[0] === "*";
  return isOpen ? [] : [compareByOrder(by, token, context)];
}

function within(stretch: Stretch): readonly Comparison[] {
  return [
    { op: "compare-time", by: ">=", at: stretch.start },
    { op: "compare-time", by: "<", at: stretch.end },
  ];
}

function timeOf(token: Token, text: string, context: ValueContext): Stretch {
  const stretch = readTime(text, context.now);
  if (stretch === undefined) {
    const message = `${shorten(text)} is not a time; write 2026-01-02, 2026-01-02T03:04:05Z or now-1h`;
    throw new QueryFault({ code: "range-not-valid", message, start: token.start, end: token.end });
  }
  return stretch;
}

function rangeOf(token: Token, text: string): string {
  if (isRange(text) && readRange(text) !== undefined) {
    return text;
  }
  const address = text.split("/")[0] ?? "";
  const why =
    readAddress(address) === undefined
      ? `${shorten(address)} is not an address`
      : "the number behind the / is too large";
  throw new QueryFault({
    code: "address-not-valid",
    message: `${shorten(text)} is not an address range: ${why}`,
    start: token.start,
    end: token.end,
  });
}

function notComparable(token: Token): QueryFault {
  const message = "Only numbers and times can be compared; write 100, 2026-01-02 or now-1h";
  return new QueryFault({ code: "not-comparable", message, start: token.start, end: token.end });
}

/** Where an offset into the regular expression without `\/` lies in the one that was written. */
function offsetIn(written: string, offset: number): number {
  let at = 0;
  for (let seen = 0; seen < offset && at < written.length; seen += 1) {
    at += written.startsWith("\\/", at) ? 2 : 1;
  }
  return at;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

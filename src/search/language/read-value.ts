import { tidyPattern, type PatternPart } from "../../predicate/index.ts";
import type { Token } from "./tokens.ts";

const regexShape = /\/((?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)(?=[\s),]|$)/y;
const rangeBound = String.raw`("(?:[^"\\]|\\.)*"|[^\s"\]}]+)`;
const rangeShape = new RegExp(String.raw`([[{])(\s*)${rangeBound}(\s+)TO(\s+)${rangeBound}(\s*)([\]}])`, "y");

/** Reads `"two words"` or `'two words'`; inside, `\"` and `\\` are escapes and stars are stars. */
export function readQuoted(text: string, start: number): Token {
  const quote = text[start];
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === quote) {
      return { kind: "value", pattern: [{ text: value }], isQuoted: true, start, end: at + 1 };
    }
    const next = text[at + 1];
    if (char === "\\" && (next === "\\" || next === quote)) {
      value += next;
      at += 1;
    } else {
      value += char;
    }
  }
  return {
    kind: "bad",
    code: "quote-unmatched",
    message: "This quotation mark is not closed",
    start,
    end: text.length,
  };
}

/** Whether a single quotation mark here opens a quoted text and is no apostrophe. */
export function opensSingleQuote(text: string, start: number): boolean {
  return text[start] === "'" && /^'[^']*'(?=[\s),]|$)/.test(text.slice(start, start + 2_000));
}

/** Reads an unquoted word, its stars and question marks as wildcards; a backslash takes a special character as it is. */
export function readWord(text: string, start: number, isInList: boolean): Token {
  const parts: PatternPart[] = [];
  let literal = "";
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? "";
    const next = text[at + 1] ?? "";
    if (/[\s()"]/.test(char) || (isInList && char === ",")) {
      break;
    }
    if (char === "\\" && next !== "" && /[^0-9A-Za-z]/.test(next)) {
      literal += next;
      at += 1;
    } else if (char === "*" || char === "?") {
      parts.push({ text: literal }, char);
      literal = "";
    } else {
      literal += char;
    }
  }
  return {
    kind: "value",
    pattern: tidyPattern([...parts, { text: literal }]),
    isQuoted: false,
    start,
    end: at,
  };
}

/** Reads `/regex/i`, or nothing when the slashes rather belong to a path. */
export function readRegexToken(text: string, start: number): Token | undefined {
  regexShape.lastIndex = start;
  const found = regexShape.exec(text);
  if (found === null) {
    return undefined;
  }
  return {
    kind: "regex",
    source: found[1] ?? "",
    flags: found[2] ?? "",
    start,
    end: start + found[0].length,
  };
}

/** Reads `[a TO b]` or `{a TO b}`, or nothing when it is no range. */
export function readRangeTokens(text: string, start: number): Token[] | undefined {
  rangeShape.lastIndex = start;
  const found = rangeShape.exec(text);
  if (found === null) {
    return undefined;
  }
  const [, open = "", space1 = "", low = "", space2 = "", space3 = "", high = ""] = found;
  const end = start + found[0].length;
  const lowAt = start + 1 + space1.length;
  const toAt = lowAt + low.length + space2.length;
  const highAt = toAt + 2 + space3.length;
  return [
    { kind: "range-open", isIncluded: open === "[", start, end: start + 1 },
    readBound(low, lowAt),
    { kind: "to", start: toAt, end: toAt + 2 },
    readBound(high, highAt),
    { kind: "range-close", isIncluded: text[end - 1] === "]", start: end - 1, end },
  ];
}

function readBound(bound: string, start: number): Token {
  const token = bound.startsWith('"') ? readQuoted(bound, 0) : readWord(bound, 0, false);
  return { ...token, start, end: start + bound.length };
}

import { readFieldTokens, readPathToken } from "./read-field.ts";
import { opensSingleQuote, readQuoted, readRangeTokens, readRegexToken, readWord } from "./read-value.ts";
import type { Token } from "./tokens.ts";

/** Where the reading of a query stands. */
interface Scan {
  readonly text: string;
  readonly tokens: Token[];
  at: number;
  /** What each open parenthesis holds: conditions, or values of one field. */
  readonly groups: ("conditions" | "values")[];
  /** A field's operator was just read. */
  wantsValue: boolean;
}

/**
 * Cuts a query into tokens. It never fails: what cannot be read becomes a `bad` token, so that half-written queries can
 * be coloured and completed.
 */
export function tokenize(text: string): readonly Token[] {
  const scan: Scan = { text, tokens: [], at: 0, groups: [], wantsValue: false };
  for (;;) {
    const before = scan.at;
    while (/\s/.test(text[scan.at] ?? "")) {
      scan.at += 1;
    }
    if (scan.at >= text.length) {
      return scan.tokens;
    }
    const isApart = scan.at > before;
    const tokens = scan.wantsValue ? readAfterOperator(scan, isApart) : readTerm(scan);
    scan.tokens.push(...tokens);
    scan.at = tokens.at(-1)?.end ?? text.length;
    const last = tokens.at(-1);
    scan.wantsValue = last?.kind === "operator";
  }
}

function readAfterOperator(scan: Scan, isApart: boolean): Token[] {
  const { text, at } = scan;
  const field = scan.tokens.at(-2);
  const path = field?.kind === "field" && isPresenceField(field.keys) ? readPathToken(text, at) : undefined;
  if (path !== undefined) {
    return [path];
  }
  if (text[at] === "(") {
    scan.groups.push("values");
    return [{ kind: "open", start: at, end: at + 1 }];
  }
  if (text[at] === ")" || (isApart && readKeyword(text, at) !== undefined)) {
    return readTerm(scan);
  }
  return readValue(scan);
}

/** `_exists_:path` and `_null_:path` ask about a field that stands where a value would. */
function isPresenceField(keys: readonly string[]): boolean {
  return keys.length === 1 && (keys[0] === "_exists_" || keys[0] === "_null_");
}

/** A value of a field, in a list of values or alone. */
function readValue(scan: Scan): Token[] {
  const { text, at } = scan;
  const last = scan.tokens.at(-1);
  const comparator = /^(?:>=|<=|>|<)/.exec(text.slice(at, at + 2))?.[0];
  const mayCompare = last?.kind !== "operator" || last.text === ":" || last.text === "=";
  if (mayCompare && (comparator === ">" || comparator === ">=" || comparator === "<" || comparator === "<=")) {
    return [{ kind: "operator", text: comparator, start: at, end: at + comparator.length }];
  }
  if (text[at] === "[" || text[at] === "{") {
    const range = readRangeTokens(text, at);
    if (range !== undefined) {
      return range;
    }
  }
  if (text[at] === "/") {
    const regex = readRegexToken(text, at);
    if (regex !== undefined) {
      return [regex];
    }
  }
  return [readText(scan)];
}

function readTerm(scan: Scan): Token[] {
  const { text, at } = scan;
  const char = text[at] ?? "";
  const isInList = scan.groups.at(-1) === "values";
  if (char === "(") {
    scan.groups.push(isInList ? "values" : "conditions");
    return [{ kind: "open", start: at, end: at + 1 }];
  }
  if (char === ")") {
    scan.groups.pop();
    return [{ kind: "close", start: at, end: at + 1 }];
  }
  if (char === "," && isInList) {
    return [{ kind: "comma", start: at, end: at + 1 }];
  }
  const keyword = readKeyword(text, at) ?? readNegation(text, at, isInList);
  if (keyword !== undefined) {
    return [keyword];
  }
  return isInList ? readValue(scan) : (readFieldTokens(text, at) ?? [readText(scan)]);
}

function readText(scan: Scan): Token {
  const { text, at } = scan;
  if (text[at] === '"' || opensSingleQuote(text, at)) {
    return readQuoted(text, at);
  }
  const word = readWord(text, at, scan.groups.at(-1) === "values");
  if (!scan.wantsValue && /^[:=<>!]+$/.test(text.slice(at, word.end))) {
    const message = "There is no field before this; write it without a space, as in eventName:CreateUser";
    return { kind: "bad", code: "operator-misplaced", message, start: at, end: word.end };
  }
  return word.end > at
    ? word
    : {
        kind: "bad",
        code: "operator-misplaced",
        message: "This cannot stand here",
        start: at,
        end: at + 1,
      };
}

function readKeyword(text: string, at: number): Token | undefined {
  const found = /^(?:(and|&&)|(or|\|\|)|(not))(?=[\s()]|$)/i.exec(text.slice(at, at + 4));
  if (found === null) {
    return undefined;
  }
  const kind = found[1] !== undefined ? "and" : found[2] !== undefined ? "or" : "not";
  return { kind, start: at, end: at + found[0].length };
}

/** `!x` and `-x`; a minus before a digit in a list of values is a number's sign. */
function readNegation(text: string, at: number, isInList: boolean): Token | undefined {
  const next = text[at + 1] ?? "";
  const isNegation = text[at] === "!" || (text[at] === "-" && /[^\s\-)]/.test(next) && !(isInList && /\d/.test(next)));
  return isNegation ? { kind: "not", start: at, end: at + 1 } : undefined;
}

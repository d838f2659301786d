import { literalOf, tidyPattern } from "./pattern.ts";
import type { FieldPath, Pattern, Predicate, Test } from "./tree.ts";

export interface DescribeOptions {
  /** What to call a path; by default its keys joined by dots. */
  readonly nameOf?: (path: FieldPath) => string;
}

const textLengthMax = 80;
const valuesMax = 8;

/** Says in one English line what the conditions ask: `eventName is CreateUser, and sourceIPAddress is within 10.0.0.0/8`. */
export function describe(predicate: Predicate, options: DescribeOptions = {}): string {
  return describeNode(predicate, options.nameOf ?? joinPath, false, true);
}

function describeNode(node: Predicate, nameOf: (path: FieldPath) => string, isNot: boolean, isTop: boolean): string {
  switch (node.kind) {
    case "all":
      return isNot ? "no event" : "every event";
    case "none":
      return isNot ? "every event" : "no event";
    case "not":
      return describeNode(node.of, nameOf, !isNot, isTop);
    case "text":
      return `${describePattern(trimStars(node.pattern))} is ${isNot ? "nowhere" : "somewhere"} in the event`;
    case "words":
      return `the event ${isNot ? "lacks" : "has"} ${describeWords(node.pattern)}`;
    case "field":
      return `${nameOf(node.path)} ${describeTest(node.test, isNot)}`;
    case "fields":
      return `${nameOf(node.path)} ${relationWords[node.by][isNot ? 1 : 0]} ${nameOf(node.other)}${node.cased ? " (in this case)" : ""}`;
    case "and":
    case "or": {
      const word = (node.kind === "and") === isNot ? "or" : "and";
      const parts = node.of.map((part) => describeNode(part, nameOf, isNot, false));
      const [only] = parts;
      if (parts.length <= 1) {
        return only ?? ((node.kind === "and") === isNot ? "no event" : "every event");
      }
      return isTop ? parts.join(`, ${word} `) : `(${parts.join(` ${word} `)})`;
    }
  }
}

const relationWords = {
  equals: ["is the same as", "is not the same as"],
  "starts-with": ["starts with that of", "does not start with that of"],
  "ends-with": ["ends with that of", "does not end with that of"],
  contains: ["contains that of", "does not contain that of"],
} as const;

function describeWords(pattern: Pattern): string {
  const whole = literalOf(pattern);
  if (whole === undefined) return `a word like ${describePattern(pattern)}`;
  return /^[^\s:/]+$/.test(whole) ? `the word ${describePattern(pattern)}` : `the words ${describePattern(pattern)}`;
}

function joinPath(path: FieldPath): string {
  return path.join(".");
}

function describeTest(test: Test, isNot: boolean): string {
  const be = isNot ? "is not" : "is";
  switch (test.op) {
    case "exists":
      return isNot ? "is absent" : "is present";
    case "null":
      return `${be} null`;
    case "equals":
      return `${be} ${listValues(test.values)}${test.cased ? " (in this case)" : ""}`;
    case "like":
      return describeLike(test.pattern, isNot);
    case "regex":
      return `${isNot ? "does not match" : "matches"} /${shorten(test.source)}/${test.flags}`;
    case "compare":
      return `${be} ${compareWords[test.by]} ${test.number}`;
    case "compare-time":
      return `${be} ${timeWords[test.by]} ${describeInstant(test.at)}`;
    case "time-part":
      return `${be} in a ${test.part} ${test.by === "=" ? "that is" : compareWords[test.by]} ${test.number} (UTC)`;
    case "cidr":
      return `${be} within ${shorten(test.range)}`;
  }
}

const compareWords = { "<": "below", "<=": "at most", ">": "above", ">=": "at least" } as const;
const timeWords = {
  "<": "before",
  "<=": "at or before",
  ">": "after",
  ">=": "at or after",
} as const;

function describeInstant(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) {
    return String(at);
  }
  return `${date
    .toISOString()
    .replace("T", " ")
    .replace(/(?::00)?\.000Z$/, "")
    .replace("Z", "")} UTC`;
}

function describeLike(pattern: Pattern, isNot: boolean): string {
  const tidy = tidyPattern(pattern);
  const [first, second, third] = tidy;
  if (tidy.length === 2 && tidy.includes("?") && tidy.includes("*")) {
    return isNot ? "is absent or empty" : "has a value";
  }
  const does = (verb: string, base: string) => (isNot ? `does not ${base}` : verb);
  if (tidy.length === 2 && typeof first === "object" && second === "*") {
    return `${does("starts", "start")} with ${shorten(first.text)}`;
  }
  if (tidy.length === 2 && first === "*" && typeof second === "object") {
    return `${does("ends", "end")} with ${shorten(second.text)}`;
  }
  if (tidy.length === 3 && first === "*" && typeof second === "object" && third === "*") {
    return `${does("contains", "contain")} ${shorten(second.text)}`;
  }
  return `${does("fits", "fit")} ${describePattern(tidy)}`;
}

/** Stars at the ends say nothing where the text may stand anywhere. */
function trimStars(pattern: Pattern): Pattern {
  const tidy = tidyPattern(pattern);
  const trimmed = tidy.slice(tidy[0] === "*" ? 1 : 0, tidy.at(-1) === "*" ? -1 : undefined);
  return trimmed.length === 0 ? tidy : trimmed;
}

function describePattern(pattern: Pattern): string {
  const whole = literalOf(pattern);
  return `“${shorten(whole ?? pattern.map((part) => (typeof part === "object" ? part.text : part)).join(""))}”`;
}

function listValues(values: readonly string[]): string {
  const shown = values.slice(0, valuesMax).map((value) => (value === "" ? "empty" : shorten(value)));
  const more = values.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return shown.length === 0 ? (last ?? "nothing") : `${shown.join(", ")} or ${last}`;
}

/** Values come from outside: one line, no control characters, not too long. */
function shorten(text: string): string {
  const line = text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd");
  const chars = Array.from(line);
  return chars.length > textLengthMax ? `${chars.slice(0, textLengthMax - 1).join("")}…` : line;
}

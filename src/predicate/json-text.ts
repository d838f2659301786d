import { clampNumber } from "./number-text.ts";
import { readOrderedJson, type OrderedJson } from "./json-order.ts";

const lineSeparators = /[\u2028\u2029]/g;
const wholeNumber = /^-?\d+$/;
const arrayIndex = /^(?:0|[1-9]\d*)$/;
const nestingMax = 500;

/**
 * The JSON text of an object or array, printed as the engine's `JSONExtractRaw` prints it: no white space, keys in the
 * order of the source, characters unescaped where JSON allows.
 */
export function jsonTextOf(value: object, record: unknown, text: string): string {
  const plain = printPlain(value, 0);
  if (plain !== undefined) {
    return plain;
  }
  const ordered = orderedFor(value, record, text);
  return ordered === undefined ? "" : printOrdered(ordered);
}

/** Prints what `JSON.parse` left, or undefined when it may have lost something on the way. */
function printPlain(value: unknown, depth: number): string | undefined {
  if (typeof value === "string") {
    return printString(value);
  }
  if (typeof value === "number") {
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : printNumberAsEngine(value);
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  if (depth > nestingMax) {
    return undefined;
  }
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = printPlain(item, depth + 1);
      if (part === undefined) {
        return undefined;
      }
      parts.push(part);
    }
    return `[${parts.join(",")}]`;
  }
  for (const [key, item] of Object.entries(value)) {
    const part = arrayIndex.test(key) ? undefined : printPlain(item, depth + 1);
    if (part === undefined) {
      return undefined;
    }
    parts.push(`${printString(key)}:${part}`);
  }
  return `{${parts.join(",")}}`;
}

function printOrdered(json: OrderedJson): string {
  switch (json.kind) {
    case "object":
      return `{${json.entries.map(([key, value]) => `${printString(key)}:${printOrdered(value)}`).join(",")}}`;
    case "array":
      return `[${json.items.map(printOrdered).join(",")}]`;
    case "scalar":
      return printScalar(json.source);
  }
}

function printScalar(source: string): string {
  if (wholeNumber.test(source)) {
    const exact = BigInt(source);
    return exact > -(2n ** 63n) - 1n && exact < 2n ** 64n ? exact.toString() : printNumberAsEngine(Number(source));
  }
  const value: unknown = JSON.parse(source);
  if (typeof value === "number") {
    return printNumberAsEngine(value);
  }
  return typeof value === "string" ? printString(value) : source;
}

function printNumberAsEngine(number: number): string {
  return Object.is(number, -0) ? "-0" : String(clampNumber(number)).replace("e+", "e");
}

function printString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(lineSeparators, (char) =>
    char === "\u2028" ? "\\u2028" : "\\u2029",
  );
}

let lastText: string | undefined;
let lastPairs = new Map<object, OrderedJson>();

/** The source of one of the record's objects; the last record's pairs are kept, as several conditions ask for them. */
function orderedFor(value: object, record: unknown, text: string): OrderedJson | undefined {
  const known = text === lastText ? lastPairs.get(value) : undefined;
  if (known !== undefined) {
    return known;
  }
  const pairs = new Map<object, OrderedJson>();
  const waiting: [unknown, OrderedJson][] = [[record, readOrderedJson(text)]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [at, json] = pair;
    if (typeof at !== "object" || at === null) {
      continue;
    }
    pairs.set(at, json);
    if (json.kind === "array" && Array.isArray(at)) {
      json.items.forEach((item, index) => waiting.push([at[index], item]));
    } else if (json.kind === "object") {
      for (const [key, item] of json.entries) {
        waiting.push([Object.getOwnPropertyDescriptor(at, key)?.value, item]);
      }
    }
  }
  lastText = text;
  lastPairs = pairs;
  return pairs.get(value);
}

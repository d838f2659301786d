import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { type FilterToken, readFilterTokens } from "./filter-tokens.ts";
import { invalid } from "./invalid-parameter.ts";

/** Whether a message is one that a filter pattern means. */
export type MessageFilter = (message: string) => boolean;

type Test = (event: JsonObject) => boolean;

const depthMax = 50;

/**
 * Reads `{ ($.eventName = "ConsoleLogin") && ($.errorCode NOT EXISTS) }`: CloudWatch Logs User Guide, "Filter pattern
 * syntax", JSON. A comparison with a field that is not there does not hold, `!=` either (unverified).
 */
export function compileJsonFilter(text: string): MessageFilter {
  const tokens = readFilterTokens(text);
  let at = 0;
  const peek = (): FilterToken | undefined => tokens[at];
  const isSign = (sign: string) => {
    const next = peek();
    return next?.kind === "sign" && next.text === sign;
  };
  const take = (sign: string) => {
    if (!isSign(sign)) throw invalid(`Invalid filter pattern: ${sign} is missing`);
    at += 1;
  };

  function either(depth: number): Test {
    const tests = [both(depth)];
    while (isSign("||")) {
      at += 1;
      tests.push(both(depth));
    }
    return (event) => tests.some((test) => test(event));
  }
  function both(depth: number): Test {
    const tests = [one(depth)];
    while (isSign("&&")) {
      at += 1;
      tests.push(one(depth));
    }
    return (event) => tests.every((test) => test(event));
  }
  function one(depth: number): Test {
    if (depth > depthMax) throw invalid("Invalid filter pattern: too many parentheses");
    if (!isSign("(")) return condition();
    at += 1;
    const test = either(depth + 1);
    take(")");
    return test;
  }
  function condition(): Test {
    const field = tokens[at];
    if (field?.kind !== "field") throw invalid("Invalid filter pattern: a condition begins with $");
    const operator = tokens[at + 1];
    const value = tokens[at + 2];
    at += 3;
    if (operator?.kind === "word") return wordTest(field.path, operator.text.toUpperCase(), value);
    if (operator?.kind !== "sign" || value === undefined || value.kind === "field" || value.kind === "sign")
      throw invalid("Invalid filter pattern: a comparison has a field, a sign and a value");
    return comparison(field.path, operator.text, value);
  }

  take("{");
  const test = either(0);
  take("}");
  if (at !== tokens.length) throw invalid("Invalid filter pattern: something stands behind its end");
  return (message) => {
    const event = readEvent(message);
    return event !== undefined && test(event);
  };
}

function wordTest(path: readonly (string | number)[], word: string, next: FilterToken | undefined): Test {
  const operand = next?.kind === "word" ? next.text.toUpperCase() : "";
  if (word === "NOT" && operand === "EXISTS") return (event) => find(event, path) === undefined;
  const wanted = word === "IS" ? { TRUE: true, FALSE: false, NULL: null }[operand] : undefined;
  if (wanted === undefined)
    throw invalid("Invalid filter pattern: words are IS TRUE, IS FALSE, IS NULL and NOT EXISTS");
  return (event) => find(event, path) === wanted;
}

function comparison(
  path: readonly (string | number)[],
  sign: string,
  value: { readonly kind: "word" | "text"; readonly text: string },
): Test {
  const number =
    value.kind === "word" && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(value.text) ? Number(value.text) : undefined;
  if (sign === "=" || sign === "!=") {
    const parts = value.text.split("*");
    const isSame = (found: JsonValue) =>
      typeof found === "number" && number !== undefined
        ? found === number
        : typeof found === "string" || typeof found === "number" || typeof found === "boolean"
          ? isLike(String(found), parts)
          : false;
    return (event) => {
      const found = find(event, path);
      return found !== undefined && isSame(found) === (sign === "=");
    };
  }
  if (number === undefined) throw invalid(`Invalid filter pattern: ${sign} compares numbers`);
  const compare = {
    ">": (a: number) => a > number,
    ">=": (a: number) => a >= number,
    "<": (a: number) => a < number,
    "<=": (a: number) => a <= number,
  }[sign];
  if (compare === undefined) throw invalid(`Invalid filter pattern: ${sign} is no comparison`);
  return (event) => {
    const found = find(event, path);
    return typeof found === "number" && compare(found);
  };
}

/** Whether a text has these parts one behind the other, with anything between. */
function isLike(text: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

function find(event: JsonObject, path: readonly (string | number)[]): JsonValue | undefined {
  let here: JsonValue | undefined = event;
  for (const step of path) {
    if (typeof step === "number") here = Array.isArray(here) ? (here as readonly JsonValue[])[step] : undefined;
    else
      here =
        typeof here === "object" && here !== null && !Array.isArray(here) && Object.hasOwn(here, step)
          ? (here as JsonObject)[step]
          : undefined;
  }
  return here;
}

function readEvent(message: string): JsonObject | undefined {
  if (!message.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(message) as JsonObject;
  } catch {
    return undefined;
  }
}

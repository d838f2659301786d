import { isOneThing } from "./shapes.ts";
import type { Operator, Token } from "./tokens.ts";

const quotedKey = String.raw`"(?:[^"\\]|\\.)*"`;
const firstKey = String.raw`(?:${quotedKey}|\*\*?|[A-Za-z_$@][\w$@-]*)`;
const nextKey = String.raw`(?:${quotedKey}|\*\*?|[\w$@-]+)`;
const fieldShape = new RegExp(String.raw`(${firstKey}(?:\.${nextKey})*)(==|!=|>=|<=|:|=|>|<)`, "y");
const pathShape = new RegExp(String.raw`${firstKey}(?:\.${nextKey})*`, "y");
const keyShape = new RegExp(nextKey, "y");

/** Reads `eventName:` or another field with its operator; nothing when the word is a thing of its own (an ARN, a URL). */
export function readFieldTokens(text: string, start: number): [Token, Token] | undefined {
  fieldShape.lastIndex = start;
  const found = fieldShape.exec(text);
  if (found === null) {
    return undefined;
  }
  const [whole, written = "", operator = ""] = found;
  const end = start + written.length;
  if (!written.includes('"') && isOneThing(wordAt(text, start))) {
    return undefined;
  }
  return [
    { kind: "field", keys: splitKeys(written), start, end },
    { kind: "operator", text: asOperator(operator), start: end, end: start + whole.length },
  ];
}

/** Splits a written path at its dots; a key in quotation marks may hold anything. */
export function splitKeys(written: string): readonly string[] {
  const keys: string[] = [];
  for (let at = 0; at < written.length; at += 1) {
    keyShape.lastIndex = at;
    const key = keyShape.exec(written)?.[0] ?? "";
    keys.push(key.startsWith('"') ? key.slice(1, -1).replace(/\\(["\\])/g, "$1") : key);
    at += key.length;
  }
  return keys;
}

/** Reads a path where the name of a field stands as a value, as in `_exists_:errorCode`. */
export function readPathToken(text: string, start: number): Token | undefined {
  pathShape.lastIndex = start;
  const written = pathShape.exec(text)?.[0];
  if (written === undefined) {
    return undefined;
  }
  return {
    kind: "value",
    pattern: [{ text: written }],
    isQuoted: false,
    start,
    end: start + written.length,
  };
}

/** The whole path if a text is one, as written in `_exists_:path` or in the list of facets. */
export function readPath(written: string): readonly string[] | undefined {
  const wholeShape = new RegExp(String.raw`^${firstKey}(?:\.${nextKey})*$`);
  return wholeShape.test(written) ? splitKeys(written) : undefined;
}

function wordAt(text: string, start: number): string {
  return /^[^\s()"]*/.exec(text.slice(start))?.[0] ?? "";
}

function asOperator(text: string): Operator {
  switch (text) {
    case "=":
    case "==":
    case "!=":
    case ">":
    case ">=":
    case "<":
    case "<=":
      return text;
    default:
      return ":";
  }
}

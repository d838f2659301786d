import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { readAddress, readRange } from "../../../predicate/index.ts";
import { compileWildcard } from "./wildcard.ts";
import { PatternFault } from "./pattern-fault.ts";

/** What a pattern asks of one value: that it is there and like something, or that it is not there. */
export type ValueTest =
  | { readonly kind: "value"; readonly matches: (value: JsonValue) => boolean }
  | { readonly kind: "exists" }
  | { readonly kind: "absent" };

/** What differs between EventBridge's patterns and SNS's filter policies. */
export interface Dialect {
  /** Numbers from minus this to this. */
  readonly numberMax: number;
  readonly hasWildcards: boolean;
}

type Text = (value: string) => boolean;

/** Reads one entry of a list: EventBridge User Guide, "Comparison operators"; SNS Developer Guide, "Filter policies". */
export function readTest(entry: JsonValue, dialect: Dialect): ValueTest {
  if (!isObject(entry)) return value(exactly(entry));
  const [[name, operand] = ["", null], ...rest] = Object.entries(entry);
  if (rest.length > 0) throw new PatternFault("Only one key allowed in match expression");
  switch (name) {
    case "exists":
      if (typeof operand !== "boolean") throw new PatternFault("exists match pattern must be either true or false");
      return { kind: operand ? "exists" : "absent" };
    case "anything-but":
      return value(anythingBut(operand, dialect));
    case "numeric":
      return value(numeric(operand, dialect));
    case "cidr":
      return value(onText(cidr(operand)));
    default:
      return value(onText(textTest(name, operand, dialect)));
  }
}

function textTest(name: string, operand: JsonValue, dialect: Dialect): Text {
  const isEnd = name === "prefix" || name === "suffix";
  if (isEnd && isObject(operand)) {
    const wanted = textOf(operand["equals-ignore-case"] ?? null, name).toLowerCase();
    return name === "prefix"
      ? (text) => text.slice(0, wanted.length).toLowerCase() === wanted
      : (text) => text.slice(-wanted.length).toLowerCase() === wanted;
  }
  if (name === "wildcard" && !dialect.hasWildcards) throw new PatternFault("Unrecognized match type wildcard");
  const wanted = textOf(operand, name);
  switch (name) {
    case "prefix":
      return (text) => text.startsWith(wanted);
    case "suffix":
      return (text) => text.endsWith(wanted);
    case "equals-ignore-case":
      return (text) => text.toLowerCase() === wanted.toLowerCase();
    case "wildcard":
      return compileWildcard(wanted);
    default:
      throw new PatternFault(`Unrecognized match type ${name.slice(0, 50)}`);
  }
}

function anythingBut(operand: JsonValue, dialect: Dialect): (value: JsonValue) => boolean {
  if (isObject(operand)) {
    const [[name, wanted] = ["", null], ...rest] = Object.entries(operand);
    if (rest.length > 0) throw new PatternFault("Only one key allowed in anything-but");
    const tests = listOf(wanted, "anything-but").map((each) => textTest(name, each, dialect));
    return (found) => typeof found !== "string" || !tests.some((test) => test(found));
  }
  const tests = listOf(operand, "anything-but").map((each) => {
    if (typeof each !== "string" && typeof each !== "number")
      throw new PatternFault("Inside anything-but list, only strings and numbers are supported");
    return exactly(each);
  });
  return (found) => !tests.some((test) => test(found));
}

function numeric(operand: JsonValue, { numberMax }: Dialect): (value: JsonValue) => boolean {
  const parts = Array.isArray(operand) ? (operand as readonly JsonValue[]) : [];
  if (parts.length !== 2 && parts.length !== 4)
    throw new PatternFault("Invalid numeric match: it takes one comparison, or two for a range");
  const tests: ((found: number) => boolean)[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const bound = parts[at + 1];
    if (typeof bound !== "number" || Math.abs(bound) > numberMax)
      throw new PatternFault(`Value of numeric match must be a number from -${numberMax} to ${numberMax}`);
    tests.push(comparison(parts[at] ?? null, bound));
  }
  const [first, second] = [String(parts[0]), String(parts[2])];
  if (parts.length === 4 && !(first.startsWith(">") && second.startsWith("<")))
    throw new PatternFault("Bad numeric range: it begins with > or >= and ends with < or <=");
  return (found) => typeof found === "number" && tests.every((test) => test(found));
}

function comparison(operator: JsonValue, bound: number): (found: number) => boolean {
  switch (operator) {
    case "=":
      return (found) => found === bound;
    case ">":
      return (found) => found > bound;
    case ">=":
      return (found) => found >= bound;
    case "<":
      return (found) => found < bound;
    case "<=":
      return (found) => found <= bound;
    default:
      throw new PatternFault("Unrecognized numeric range operator");
  }
}

function cidr(operand: JsonValue): Text {
  const range = readRange(textOf(operand, "cidr"));
  if (range === undefined) throw new PatternFault("Malformed CIDR, one '/' required");
  return (text) => {
    const address = readAddress(text);
    return address !== undefined && address >= range.first && address <= range.last;
  };
}

function exactly(wanted: JsonValue): (value: JsonValue) => boolean {
  if (Array.isArray(wanted)) throw new PatternFault("A list inside of a list is not a match expression");
  return (found) => found === wanted;
}

function onText(test: Text): (value: JsonValue) => boolean {
  return (found) => typeof found === "string" && test(found);
}

function value(matches: (value: JsonValue) => boolean): ValueTest {
  return { kind: "value", matches };
}

function listOf(operand: JsonValue, name: string): readonly JsonValue[] {
  const list = Array.isArray(operand) ? (operand as readonly JsonValue[]) : [operand];
  if (list.length === 0) throw new PatternFault(`Empty lists are not allowed in ${name}`);
  return list;
}

function textOf(operand: JsonValue, name: string): string {
  if (typeof operand !== "string") throw new PatternFault(`${name} match pattern must be a string`);
  if (operand === "" && name !== "equals-ignore-case")
    throw new PatternFault(`Null prefix/suffix/wildcard not allowed`);
  return operand;
}

function isObject(found: JsonValue): found is JsonObject {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}

import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { PatternFault } from "./pattern-fault.ts";
import { type Dialect, readTest, type ValueTest } from "./read-test.ts";

/** Whether an event, or what stands for it, is one that a pattern means. */
export type EventMatcher = (event: JsonObject) => boolean;

export const eventBridgeDialect: Dialect = { numberMax: 5_000_000_000, hasWildcards: true };
export const filterPolicyDialect: Dialect = { numberMax: 1_000_000_000, hasWildcards: false };

type Node = (value: JsonValue | undefined) => boolean;

/** As deep as lists in lists of an event are looked into; a pattern's own depth is bounded by its length. */
const listDepthMax = 16;
/** Patterns inside of `$or`, all together. */
const alternativesMax = 1_000;

/** Reads a pattern from JSON text; throws a `PatternFault` when it is none. */
export function compilePattern(text: string, dialect: Dialect): EventMatcher {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw new PatternFault("Pattern is not valid JSON");
  }
  if (!isObject(pattern as JsonValue)) throw new PatternFault("Filter is not an object");
  const budget = { alternatives: 0 };
  const matches = readObject(pattern as JsonObject, dialect, budget, 0);
  return (event) => matches(event);
}

function readObject(pattern: JsonObject, dialect: Dialect, budget: { alternatives: number }, depth: number): Node {
  if (depth > 100) throw new PatternFault("Pattern is nested too deeply");
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new PatternFault("Empty objects are not allowed");
  const choices: (readonly Node[])[] = [];
  const fields: (readonly [string, Node])[] = [];
  for (const [name, wanted] of entries) {
    if (name === "$or" && isAlternatives(wanted)) {
      if ((budget.alternatives += wanted.length) > alternativesMax)
        throw new PatternFault("Pattern has too many alternatives");
      choices.push(wanted.map((each) => readObject(each, dialect, budget, depth + 1)));
    } else {
      fields.push([name, readField(name, wanted, dialect, budget, depth)]);
    }
  }
  const matches = (found: JsonObject) =>
    fields.every(([name, node]) => node(Object.hasOwn(found, name) ? found[name] : undefined)) &&
    choices.every((nodes) => nodes.some((node) => node(found)));
  return (value) => {
    // In a list of objects one of them has to match as a whole.
    if (Array.isArray(value)) return (value as readonly JsonValue[]).some((each) => isObject(each) && matches(each));
    return matches(isObject(value) ? value : {});
  };
}

function readField(
  name: string,
  wanted: JsonValue | undefined,
  dialect: Dialect,
  budget: { alternatives: number },
  depth: number,
): Node {
  if (isObject(wanted)) return readObject(wanted, dialect, budget, depth + 1);
  if (!Array.isArray(wanted)) throw new PatternFault(`"${name.slice(0, 50)}" must be an object or an array`);
  if (wanted.length === 0) throw new PatternFault("Empty arrays are not allowed");
  const tests = (wanted as readonly JsonValue[]).map((each) => readTest(each, dialect));
  return (value) => {
    const values = valuesOf(value, 0);
    return tests.some((test) => holds(test, values));
  };
}

function holds(test: ValueTest, values: readonly JsonValue[]): boolean {
  switch (test.kind) {
    case "exists":
      return values.length > 0;
    case "absent":
      return values.length === 0;
    case "value":
      return values.some((value) => test.matches(value));
  }
}

/** What stands at a place of an event: only values that have no parts count. */
function valuesOf(value: JsonValue | undefined, depth: number): readonly JsonValue[] {
  if (value === undefined || isObject(value) || depth > listDepthMax) return [];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((each) => valuesOf(each, depth + 1));
  return [value];
}

function isAlternatives(wanted: JsonValue | undefined): wanted is readonly JsonObject[] {
  return (
    Array.isArray(wanted) &&
    wanted.length > 1 &&
    wanted.every((each: JsonValue) => isObject(each) && !isTestObject(each))
  );
}

/** `{"prefix": "x"}` and its like: then `$or` is a field's name. */
function isTestObject(each: JsonObject): boolean {
  const [name = ""] = Object.keys(each);
  return ["prefix", "suffix", "anything-but", "numeric", "exists", "cidr", "wildcard", "equals-ignore-case"].includes(
    name,
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

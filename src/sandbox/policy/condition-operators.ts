import { BlockList, isIP } from "node:net";
import { type Context } from "./context.ts";
import { compilePattern, matchesPattern, type Reach } from "./pattern.ts";
import { hasVariables, resolveVariables } from "./variables.ts";

/** How one value of a request is held against one value of a policy. */
interface Operator {
  /** `StringNotEquals` and its like: fits when no value of the policy fits. */
  readonly isNegated: boolean;
  fits(actual: string, expected: string, context: Context, isVariable: boolean): boolean;
}

/**
 * The operators by their names in lower case; `Null` is dealt with apart. IAM User Guide, 'IAM JSON policy elements:
 * Condition operators'.
 */
const operators: ReadonlyMap<string, Operator> = new Map([
  ...pair("stringequals", "stringnotequals", text("exact")),
  ...pair("stringequalsignorecase", "stringnotequalsignorecase", text("ignore-case")),
  ...pair("stringlike", "stringnotlike", text("like")),
  ...pair("arnequals", "arnnotequals", arn),
  ...pair("arnlike", "arnnotlike", arn),
  ...pair(
    "numericequals",
    "numericnotequals",
    numeric((actual, expected) => actual === expected),
  ),
  ...plain(
    "numericlessthan",
    numeric((actual, expected) => actual < expected),
  ),
  ...plain(
    "numericlessthanequals",
    numeric((actual, expected) => actual <= expected),
  ),
  ...plain(
    "numericgreaterthan",
    numeric((actual, expected) => actual > expected),
  ),
  ...plain(
    "numericgreaterthanequals",
    numeric((actual, expected) => actual >= expected),
  ),
  ...pair(
    "dateequals",
    "datenotequals",
    date((actual, expected) => actual === expected),
  ),
  ...plain(
    "datelessthan",
    date((actual, expected) => actual < expected),
  ),
  ...plain(
    "datelessthanequals",
    date((actual, expected) => actual <= expected),
  ),
  ...plain(
    "dategreaterthan",
    date((actual, expected) => actual > expected),
  ),
  ...plain(
    "dategreaterthanequals",
    date((actual, expected) => actual >= expected),
  ),
  ...plain("bool", (actual, expected) => actual.toLowerCase() === expected.toLowerCase()),
  ...plain("binaryequals", (actual, expected) => actual === expected),
  ...pair("ipaddress", "notipaddress", isInBlock),
]);

/** Whether there is an operator of this name, given in lower case. */
export function isOperator(name: string): boolean {
  return name === "null" || operators.has(name);
}

/** The operator of this name. */
export function operatorOf(name: string): Operator | undefined {
  return operators.get(name);
}

type Fits = Operator["fits"];

function plain(name: string, fits: Fits): readonly (readonly [string, Operator])[] {
  return [[name, { isNegated: false, fits }]];
}

function pair(name: string, negated: string, fits: Fits): readonly (readonly [string, Operator])[] {
  return [
    [name, { isNegated: false, fits }],
    [negated, { isNegated: true, fits }],
  ];
}

function text(how: "exact" | "ignore-case" | "like"): Fits {
  return (actual, expected, context, isVariable) => {
    if (how === "like") return fitsPattern(actual, expected, context, isVariable, "all");
    const parts =
      isVariable && hasVariables(expected)
        ? resolveVariables(expected, context)
        : [{ text: expected, isLiteral: true }];
    if (parts === undefined) return false;
    const wanted = parts.map((part) => part.text).join("");
    return how === "exact" ? actual === wanted : actual.toLowerCase() === wanted.toLowerCase();
  };
}

/** ArnEquals behaves as ArnLike does, says the guide. */
function arn(actual: string, expected: string, context: Context, isVariable: boolean): boolean {
  return actual.startsWith("arn:") && fitsPattern(actual, expected, context, isVariable, "arn-parts");
}

function fitsPattern(actual: string, expected: string, context: Context, isVariable: boolean, reach: Reach): boolean {
  const parts =
    isVariable && hasVariables(expected) ? resolveVariables(expected, context) : [{ text: expected, isLiteral: false }];
  return parts !== undefined && matchesPattern(compilePattern(parts, reach), actual);
}

function numeric(compare: (actual: number, expected: number) => boolean): Fits {
  return (actual, expected) => {
    const [a, b] = [readNumber(actual), readNumber(expected)];
    return a !== undefined && b !== undefined && compare(a, b);
  };
}

function readNumber(value: string): number | undefined {
  const number = Number(value);
  return value.trim() === "" || Number.isNaN(number) ? undefined : number;
}

function date(compare: (actual: number, expected: number) => boolean): Fits {
  return (actual, expected) => {
    const [a, b] = [readDate(actual), readDate(expected)];
    return a !== undefined && b !== undefined && compare(a, b);
  };
}

/** ISO 8601, or seconds since 1970. */
function readDate(value: string): number | undefined {
  const at = /^\d{5,}(?:\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

function isInBlock(actual: string, expected: string): boolean {
  const slash = expected.indexOf("/");
  const address = slash < 0 ? expected : expected.slice(0, slash);
  const family = isIP(address);
  const bits = slash < 0 ? (family === 6 ? 128 : 32) : Number(expected.slice(slash + 1));
  if (family === 0 || isIP(actual) !== family) return false;
  if (!Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) return false;
  const type = family === 6 ? "ipv6" : "ipv4";
  const block = new BlockList();
  block.addSubnet(address, bits, type);
  return block.check(actual, type);
}

import type { PolicyDocument } from "./values.ts";

/**
 * Whether two values of a setting say the same. The order of keys and of lists never matters: whatever is a list in a
 * setting (statements, rules, selectors, actions) AWS reads as a set. Nothing, null and a missing key are one.
 */
export function isSameValue(a: unknown, b: unknown): boolean {
  return textOf(plain(a)) === textOf(plain(b));
}

/** One text for everything that says the same. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${(value as unknown[]).map(textOf).sort().join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, of]) => of !== undefined && of !== null);
  return `{${entries
    .map(([key, of]) => `${JSON.stringify(key)}:${textOf(of)}`)
    .sort()
    .join(",")}}`;
}

function plain(value: unknown): unknown {
  return isPolicy(value) ? plainPolicy(value) : value;
}

function isPolicy(value: unknown): value is PolicyDocument {
  return isObject(value) && isObject(value["Statement"]);
}

/** IAM User Guide, "Version": a policy without one is read as this. */
const oldestVersion = "2008-10-17";

function plainPolicy({ Version, Statement, ...rest }: PolicyDocument): PolicyDocument {
  return { ...rest, Version: Version ?? oldestVersion, Statement: distinct(listOf(Statement).map(plainStatement)) };
}

function plainStatement(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  return Object.fromEntries(Object.entries(statement).map(([key, value]) => [key, plainElement(key, value)]));
}

/** IAM User Guide, "Grammar of the IAM JSON policy language": where one is allowed, a list of one is too. */
function plainElement(key: string, value: unknown): unknown {
  switch (key) {
    case "Action":
    case "NotAction":
      return distinct(listOf(value).map((one) => (typeof one === "string" ? one.toLowerCase() : one)));
    case "Resource":
    case "NotResource":
      return distinct(listOf(value));
    case "Principal":
    case "NotPrincipal":
      return plainPrincipal(value);
    case "Condition":
      return isObject(value) ? mapValues(value, plainOperator) : value;
    default:
      return value;
  }
}

/** IAM User Guide, "Principal": `"*"` is `{"AWS": "*"}`, and an account is its root. */
function plainPrincipal(value: unknown): unknown {
  if (!isObject(value)) return plainPrincipal({ AWS: value });
  return mapValues(value, (of) => distinct(listOf(of).map(plainAccount)));
}

function plainAccount(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/^arn:aws[a-z-]*:iam::(\d{12}):root$/, "$1") : value;
}

/** Names of keys are read in any case, and `true` as `"true"`. */
function plainOperator(keys: unknown): unknown {
  if (!isObject(keys)) return keys;
  return Object.fromEntries(
    Object.entries(keys).map(([key, value]) => [
      key.toLowerCase(),
      distinct(listOf(value).map((one) => (isObject(one) ? one : String(one)))),
    ]),
  );
}

function mapValues(value: object, change: (of: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, change(of)]));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** What is said twice in a policy is said once. */
function distinct(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [textOf(value), value])).values()];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

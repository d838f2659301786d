import { AwsError } from "../aws/index.ts";
import { type CloudTrailException, refusal } from "./refusal.ts";

/**
 * What came over the wire is typed as the SDK types it, but a client may send anything: everything is looked at before it
 * is used. A value of the wrong JSON type is a `SerializationException`, as in AWS's JSON protocols (not in the API
 * Reference).
 */
export function text(value: unknown, name: string, code: CloudTrailException = "InvalidParameterException"): string {
  const found = optionalText(value, name);
  if (found === undefined || found === "") throw refusal(code, `${name} is missing`);
  return found;
}

export function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw wrongType(name, "a string");
  return value;
}

export function optionalFlag(value: unknown, name: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "boolean") throw wrongType(name, "a boolean");
  return value;
}

export function optionalWhole(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(name, "a whole number");
  return value;
}

/** An instant in milliseconds. */
export function optionalInstant(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const at = value instanceof Date ? value.getTime() : Number.NaN;
  if (Number.isNaN(at)) throw wrongType(name, "a timestamp");
  return at;
}

export function optionalList(value: unknown, name: string): readonly unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, "a list");
  return value as readonly unknown[];
}

export function optionalTexts(value: unknown, name: string): readonly string[] | undefined {
  const list = optionalList(value, name);
  if (list === undefined) return undefined;
  if (!list.every((entry) => typeof entry === "string")) throw wrongType(name, "a list of strings");
  return list;
}

export function members(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType(name, "an object");
  return value as Readonly<Record<string, unknown>>;
}

export function oneOf<Choice extends string>(
  value: string,
  choices: readonly Choice[],
  name: string,
  code: CloudTrailException = "InvalidParameterException",
): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw refusal(code, `${name} is one of ${choices.join(", ")}`);
  return found;
}

function wrongType(name: string, wanted: string): AwsError {
  return new AwsError("SerializationException", `${name} is not ${wanted}`);
}

import { parseStored } from "../cloudtrail/index.ts";

/** The text that each path leads to in a record; several values joined, `null` when there is none. */
export function fieldTexts(raw: Buffer | undefined, fields: readonly string[]): Record<string, string | null> {
  const record = raw && parseStored(raw);
  return Object.fromEntries(fields.map((field) => [field, textOf(valuesAt(record, field.split(".")))]));
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return [];
  return valuesAt((value as Record<string, unknown>)[key], rest);
}

const valuesMax = 20;
const lengthMax = 500;

function textOf(values: readonly unknown[]): string | null {
  const texts = values
    .filter((value) => value !== null && value !== undefined)
    .slice(0, valuesMax)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return texts.length === 0 ? null : texts.join(", ").slice(0, lengthMax);
}

import { isSameValue } from "../settings/same-value.ts";

/** Parts that are named before the rest is only counted. */
const namedMax = 3;
/** Characters of a value; policies come out of an account, and may be long. */
const lengthMax = 160;

/** What differs from what was expected, in a few words: `retentionSeconds is 60 instead of 1209600`. */
export function tellDifference(now: unknown, expected: unknown): string {
  if (isNothing(now)) return "it is not there any more";
  if (isNothing(expected)) return `it is there already: ${brief(now)}`;
  if (!isObject(now) || !isObject(expected) || "Statement" in now) {
    return `it is ${brief(now)} instead of ${brief(expected)}`;
  }
  const keys = [...new Set([...Object.keys(now), ...Object.keys(expected)])];
  const changed = keys.filter((key) => !isSameValue(now[key], expected[key]));
  const named = changed
    .slice(0, namedMax)
    .map((key) => `${brief(key, "")} is ${brief(now[key])} instead of ${brief(expected[key])}`);
  const others = changed.length - named.length;
  return named.join(", ") + (others > 0 ? `, and ${others} more` : "");
}

function brief(value: unknown, quote = '"'): string {
  if (isNothing(value)) return "nothing";
  const text = JSON.stringify(value);
  const shown = quote === "" && typeof value === "string" ? text.slice(1, -1) : text;
  return shown.length > lengthMax ? `${shown.slice(0, lengthMax)}…` : shown;
}

function isNothing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

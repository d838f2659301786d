import type { Entries } from "../../collect/add/schema-fields.ts";

/** Settings as a form has them: text for each. */
export function entriesOf(settings: Readonly<Record<string, unknown>>): Entries {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (Array.isArray(value)) return [[name, value.map(String).join("\n")]];
      const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
      return isPlain ? [[name, String(value)]] : [];
    }),
  );
}

/** What is wrong with a new name. */
export function namesProblem(name: string, taken: readonly string[]): string | undefined {
  if (taken.includes(name)) return "There is one of that name";
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) ? undefined : "Small letters, digits and dashes, such as on-call";
}

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

import { type Context } from "./context.ts";
import { type PatternPart } from "./pattern.ts";

/** Whether a text may hold variables. */
export function hasVariables(text: string): boolean {
  return text.includes("${");
}

/**
 * Puts values in the place of `${aws:username}` and its like, `${key, 'default'}` too; `${*}`, `${?}` and `${$}` are the
 * signs themselves. Undefined when a variable has no value, or several: then nothing matches. IAM User Guide, 'IAM
 * policy elements: Variables and tags'.
 */
export function resolveVariables(text: string, context: Context): readonly PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("${", from);
    const end = start < 0 ? -1 : text.indexOf("}", start);
    if (end < 0) {
      parts.push({ text: text.slice(from), isLiteral: false });
      return parts;
    }
    if (start > from) parts.push({ text: text.slice(from, start), isLiteral: false });
    const value = valueOf(text.slice(start + 2, end), context);
    if (value === undefined) return undefined;
    parts.push({ text: value, isLiteral: true });
    from = end + 1;
  }
}

function valueOf(variable: string, context: Context): string | undefined {
  if (variable === "*" || variable === "?" || variable === "$") return variable;
  const comma = variable.indexOf(",");
  const key = (comma < 0 ? variable : variable.slice(0, comma)).trim().toLowerCase();
  const values = context.get(key);
  if (values?.length === 1) return values[0];
  if (comma < 0) return undefined;
  const fallback = variable.slice(comma + 1).trim();
  return fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'") ? fallback.slice(1, -1) : undefined;
}

import type { Pattern, PatternPart } from "../../../predicate/index.ts";

/**
 * Reads a value: `*` and `?` are wildcards, a backslash before one of them or before a backslash takes its meaning away,
 * and any other backslash stands for itself.
 */
export function readPattern(text: string): Pattern {
  const parts: PatternPart[] = [];
  let literal = "";
  const finish = () => {
    if (literal !== "") parts.push({ text: literal });
    literal = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === "\\" && next !== "" && "\\*?".includes(next)) {
      literal += next;
      at += 1;
    } else if (char === "*" || char === "?") {
      finish();
      parts.push(char);
    } else {
      literal += char;
    }
  }
  finish();
  return parts.length === 0 ? [{ text: "" }] : parts;
}

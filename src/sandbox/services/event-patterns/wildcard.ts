import { PatternFault } from "./pattern-fault.ts";

/** Makes a test of a text with `*` in it; `\*` and `\\` stand for themselves. Its time is bounded by the texts' lengths. */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const [first = "", ...rest] = split(pattern);
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** The texts between the stars. */
function split(pattern: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at] ?? "";
    if (sign === "\\") {
      at += 1;
      const next = pattern[at];
      if (next !== "*" && next !== "\\") throw new PatternFault("Invalid escape character in wildcard");
      part += next;
    } else if (sign === "*") {
      if (pattern[at + 1] === "*") throw new PatternFault("Consecutive wildcard characters are not allowed");
      parts.push(part);
      part = "";
    } else {
      part += sign;
    }
  }
  return [...parts, part];
}

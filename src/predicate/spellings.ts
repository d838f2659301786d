import { caseVariants, foldAscii } from "./fold.ts";
import type { Pattern } from "./tree.ts";

/**
 * The ways a text may stand in a record's JSON: as typed, and with the escapes that JSON writers use (`\"` always, `\/`,
 * `\u00e9`, `\u003c` sometimes). Searching for all of them finds the text whoever wrote the file.
 */
export function spellingsOf(pattern: Pattern): readonly Pattern[] {
  const spellings = new Map<string, Pattern>();
  for (const spell of ways) {
    const spelled = pattern.map((part) => (typeof part === "object" ? { text: spell(part.text) } : part));
    spellings.set(foldAscii(JSON.stringify(spelled)), spelled);
  }
  return [...spellings.values()];
}

const ways: readonly ((text: string) => string)[] = [
  asTyped,
  escaped,
  withSlashes,
  forHtml,
  inAscii,
  inAsciiWithSlashes,
  forHtmlInAscii,
  // Behind an escape the letter's case cannot be folded, so both are looked for.
  (text) => inAscii(recase(text, (char) => char.toLowerCase())),
  (text) => inAscii(recase(text, (char) => char.toUpperCase())),
];

function recase(text: string, change: (char: string) => string): string {
  return Array.from(text, (char) => caseVariants(char).find((variant) => variant === change(char)) ?? char).join("");
}

function asTyped(text: string): string {
  return text.toWellFormed();
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function withSlashes(text: string): string {
  return escaped(text).replaceAll("/", "\\/");
}

function forHtml(text: string): string {
  return escaped(text).replace(/[<>&='\u007f]/g, escapeUnit);
}

function inAscii(text: string): string {
  return escaped(text).replace(/[^\u0000-\u007f]/g, escapeUnit);
}

function inAsciiWithSlashes(text: string): string {
  return inAscii(text).replaceAll("/", "\\/");
}

function forHtmlInAscii(text: string): string {
  return inAscii(text).replace(/[<>&='\u007f]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

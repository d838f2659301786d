import { hasWords, literalOf, literalsOf, type Pattern, type Predicate } from "../../predicate/index.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A bare word is looked for as a word, so that `mary` does not find `primary`. Between two stars it may stand inside
 * one; ids of events and requests, which are no words, and texts beyond ASCII, which writers spell as escapes, are
 * looked for letter by letter.
 */
export function wordsOrText(pattern: Pattern): Predicate {
  const isOpen = pattern[0] === "*" && pattern.at(-1) === "*";
  const whole = literalOf(pattern);
  const isId = whole !== undefined && uuid.test(whole);
  const isWide = literalsOf(pattern).some((text) => /[^\u0000-\u007f]/.test(text));
  return { kind: isOpen || isId || isWide || !hasWords(pattern) ? "text" : "words", pattern };
}

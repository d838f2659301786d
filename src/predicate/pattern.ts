import { foldAscii, hasWideCase } from "./fold.ts";
import { findPiece, fitAt, fitsEnd, splitAtStars } from "./pattern-pieces.ts";
import { regexOfPattern } from "./regex/of-pattern.ts";
import { compileRegexTest } from "./regex/run.ts";
import type { Pattern, PatternPart } from "./tree.ts";

/** Makes runs of literal text one part and runs of `*` one star. */
export function tidyPattern(pattern: Pattern): Pattern {
  const tidy: PatternPart[] = [];
  for (const part of pattern) {
    const last = tidy.at(-1);
    if (part === "*" && last === "*") {
      continue;
    }
    if (typeof part === "object" && typeof last === "object") {
      tidy[tidy.length - 1] = { text: last.text + part.text };
    } else if (typeof part !== "object" || part.text !== "") {
      tidy.push(part);
    }
  }
  return tidy;
}

/** The one text the pattern stands for when it has no wildcard. */
export function literalOf(pattern: Pattern): string | undefined {
  return pattern.every((part) => typeof part === "object")
    ? pattern.map((part) => (typeof part === "object" ? part.text : "")).join("")
    : undefined;
}

/** The pieces of literal text in a pattern. */
export function literalsOf(pattern: Pattern): readonly string[] {
  return pattern.flatMap((part) => (typeof part === "object" ? [part.text] : []));
}

/** Whether the empty text fits. */
export function fitsEmpty(pattern: Pattern): boolean {
  return pattern.every((part) => part === "*" || (typeof part === "object" && part.text === ""));
}

/** The pattern allowed to begin and end anywhere. */
export function anywhere(pattern: Pattern): Pattern {
  return tidyPattern(["*", ...pattern, "*"]);
}

/**
 * A test of a whole text against a pattern, in time that grows with the text only: each piece between stars is looked
 * for once, leftmost first, so no log can make it backtrack.
 */
export function compilePattern(pattern: Pattern, cased: boolean): (text: string) => boolean {
  const tidy = tidyPattern(pattern);
  if (!cased && literalsOf(tidy).some(hasWideCase)) {
    return compileRegexTest(regexOfPattern(tidy, cased));
  }
  const folded = cased ? tidy : tidy.map((part) => (typeof part === "object" ? { text: foldAscii(part.text) } : part));
  const matches = compileFolded(folded);
  return cased ? matches : (text) => matches(foldAscii(text));
}

/** The same for a text and a pattern that are both folded already. */
export function compileFolded(pattern: Pattern): (text: string) => boolean {
  const whole = literalOf(pattern);
  if (whole !== undefined) {
    return (text) => text === whole;
  }
  const pieces = splitAtStars(pattern);
  const [head = [], ...rest] = pieces;
  const tail = rest.pop();
  if (tail === undefined) {
    return (text) => fitAt(text, head, 0) === text.length;
  }
  return (text) => {
    let at = fitAt(text, head, 0);
    for (const piece of rest) {
      at = at === -1 ? -1 : findPiece(text, piece, at);
    }
    return at !== -1 && fitsEnd(text, tail, at);
  };
}

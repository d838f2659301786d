import { foldAscii, hasWideCase } from "../fold.ts";
import { anywhere, literalOf, literalsOf, tidyPattern } from "../pattern.ts";
import { regexOfPattern } from "../regex/of-pattern.ts";
import { spellingsOf } from "../spellings.ts";
import type { Pattern } from "../tree.ts";
import { quoteText, quoteTexts } from "./quote.ts";
import { allOf, anyOf, textMatches } from "./text-tests.ts";

/** The engine takes 255 needles in one search. */
const needlesMax = 200;

/** Prints a search for any of the patterns in the record's JSON text. */
export function printTextSearch(patterns: readonly Pattern[], raw: string): string {
  const spellings = patterns.flatMap(spellingsOf).map(trimStars);
  if (spellings.some((spelling) => spelling.length === 0)) {
    return "1";
  }
  const needles = new Set<string>();
  const conditions: string[] = [];
  for (const spelling of spellings) {
    const whole = literalOf(spelling);
    if (whole !== undefined && /^\d+$/.test(whole)) {
      // Measured: LIKE is a tenth faster than the case-insensitive search, and a text index can serve it.
      conditions.push(`${raw} LIKE ${quoteText(`%${whole}%`)}`);
    } else if (whole !== undefined && !hasWideCase(whole)) {
      needles.add(foldAscii(whole));
    } else {
      conditions.push(printParts(spelling, raw));
    }
  }
  return anyOf([...searchesFor([...needles], raw), ...new Set(conditions)]);
}

function searchesFor(needles: readonly string[], raw: string): string[] {
  const searches: string[] = [];
  const [only] = needles;
  // Measured: a search for one needle alone takes four fifths of the time.
  if (only !== undefined && needles.length === 1) return [`positionCaseInsensitive(${raw}, ${quoteText(only)}) > 0`];
  for (let at = 0; at < needles.length; at += needlesMax) {
    searches.push(`multiSearchAnyCaseInsensitive(${raw}, [${quoteTexts(needles.slice(at, at + needlesMax))}])`);
  }
  return searches;
}

/** The longest literal first, for it is cheap; the whole pattern behind it. */
function printParts(pattern: Pattern, raw: string): string {
  const literals = literalsOf(pattern);
  const isWide = literals.some(hasWideCase);
  const needle = literals.filter((text) => !hasWideCase(text)).reduce((a, b) => (b.length > a.length ? b : a), "");
  const exact = isWide
    ? textMatches(raw, regexOfPattern(anywhere(pattern), false))
    : textMatches(`lower(${raw})`, regexOfPattern(anywhere(foldParts(pattern)), true));
  return allOf(needle === "" ? [exact] : [...searchesFor([foldAscii(needle)], raw), exact]);
}

function foldParts(pattern: Pattern): Pattern {
  return pattern.map((part) => (typeof part === "object" ? { text: foldAscii(part.text) } : part));
}

/** Stars at the ends say nothing when the pattern may stand anywhere. */
function trimStars(pattern: Pattern): Pattern {
  const tidy = tidyPattern(pattern);
  return tidy.slice(tidy[0] === "*" ? 1 : 0, tidy.length > 1 && tidy.at(-1) === "*" ? -1 : undefined);
}

import { literalOf, literalsOf } from "../pattern.ts";
import { printRe2 } from "../regex/print.ts";
import type { Columns } from "../columns.ts";
import type { Pattern } from "../tree.ts";
import { regexOfWords, wholeWordsOf, wordsSql } from "../words.ts";
import { quoteText, quoteTexts } from "./quote.ts";
import { allOf } from "./text-tests.ts";
import { printTextSearch } from "./text-search.ts";

/** More words than this add nothing to what an index can tell. */
const indexedWordsMax = 40;

/** Prints a search for words that follow one another in the record's JSON text. */
export function printWordsSearch(pattern: Pattern, columns: Columns): string {
  const words = [...new Set(wholeWordsOf(pattern))].slice(0, indexedWordsMax);
  const isIndexed = columns.words !== undefined && words.length > 0;
  const indexed = `hasAllTokens(${columns.words ?? ""}, [${quoteTexts(words)}])`;
  // One whole word: the index alone is exact, and the record's text need not be read.
  if (isIndexed && isOneWord(pattern)) return indexed;
  const exact = `match(${columns.words ?? wordsSql(columns.raw)}, ${quoteText(printRe2(regexOfWords(pattern)))})`;
  const isLiteral = literalOf(pattern) !== undefined;
  const stands = isLiteral ? [printTextSearch([pattern], columns.raw)] : pieceFilter(pattern, columns.raw);
  return allOf([...(isIndexed ? [indexed] : []), ...stands, exact]);
}

function isOneWord(pattern: Pattern): boolean {
  const [only] = pattern;
  return pattern.length === 1 && typeof only === "object" && /^[0-9A-Za-z]+$/.test(only.text);
}

/** The longest run of ASCII letters and digits must stand somewhere; that is cheap to see. */
function pieceFilter(pattern: Pattern, raw: string): string[] {
  const runs = literalsOf(pattern).flatMap((text) => text.match(/[0-9A-Za-z]+/g) ?? []);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  return longest === "" ? [] : [`multiSearchAnyCaseInsensitive(${raw}, [${quoteTexts([longest.toLowerCase()])}])`];
}

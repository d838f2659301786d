import { foldAscii } from "./fold.ts";
import { tidyPattern } from "./pattern.ts";
import { compileRegexTest } from "./regex/run.ts";
import { classes, invertRanges, type CodeRange, type Regex } from "./regex/tree.ts";
import type { Pattern } from "./tree.ts";

/**
 * What stands between words of a record's JSON text though it looks like letters: escapes (`\n`, `\"`, `\u003c`), and
 * the ids of the event and the request, which are looked up by field and would be most of an index of words. Applied to
 * folded text, here and in the engine alike.
 */
const noWords = '"(?:requestid|eventid|sharedeventid)":"[^"]*"|\\\\(?:u[0-9a-f]{4}|[^u])';

/** The record's JSON text with only its words left, in lower case. */
export function wordsTextOf(folded: string): string {
  return folded.replace(new RegExp(noWords, "gs"), " ");
}

/** The same as a ClickHouse expression; an index of words stands on exactly this text. */
export function wordsSql(raw: string): string {
  return `replaceRegexpAll(lower(${raw}), '${noWords.replaceAll("\\", "\\\\")}', ' ')`;
}

/** Letters and digits of ASCII, and everything beyond ASCII, as the engine's `splitByNonAlpha` has it. */
const wordRanges: readonly CodeRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0x80, 0x10ffff],
];
const isWordChar = /[0-9A-Za-z\u0080-\u{10ffff}]/u;
const pieces = /[0-9A-Za-z\u0080-\u{10ffff}]+|[^0-9A-Za-z\u0080-\u{10ffff}]+/gu;

const betweenWords: Regex = { kind: "chars", ranges: invertRanges(wordRanges) };

/** Whether a pattern has anything that could be a word; without it there is nothing to look for between others. */
export function hasWords(pattern: Pattern): boolean {
  return pattern.some((part) => typeof part === "object" && isWordChar.test(part.text));
}

/** A test of a record's folded JSON text for words that follow one another. */
export function compileWords(pattern: Pattern): (folded: string) => boolean {
  const matches = compileRegexTest(regexOfWords(pattern));
  return (folded) => matches(wordsTextOf(folded));
}

/**
 * The pattern as a regular expression over the words' text: words whole, one after another, with anything but words
 * between them; a star opens the word it stands at.
 */
export function regexOfWords(pattern: Pattern): Regex {
  const parts = trimmed(pattern);
  const of: Regex[] = [];
  if (isWholeAt(parts[0], "start"))
    of.push({ kind: "choice", of: [{ kind: "assert", at: "text-start" }, betweenWords] });
  for (const part of parts) {
    if (part === "*") of.push({ kind: "repeat", of: { kind: "chars", ranges: classes.any }, min: 0, max: undefined });
    else if (part === "?") of.push({ kind: "chars", ranges: classes.any });
    else of.push(...regexOfText(part.text));
  }
  if (isWholeAt(parts.at(-1), "end"))
    of.push({ kind: "choice", of: [betweenWords, { kind: "assert", at: "text-end" }] });
  return { kind: "sequence", of };
}

function regexOfText(text: string): Regex[] {
  return (foldAscii(text).match(pieces) ?? []).flatMap((piece): Regex[] => {
    if (!isWordChar.test(piece)) return [{ kind: "repeat", of: betweenWords, min: 1, max: undefined }];
    return Array.from(piece, (char) => {
      const code = char.codePointAt(0) ?? 0;
      return { kind: "chars", ranges: [[code, code]] };
    });
  });
}

/** The words that must stand whole in a record for the pattern to be found, in lower case: what an index is asked for. */
export function wholeWordsOf(pattern: Pattern): readonly string[] {
  const parts = trimmed(pattern);
  return parts.flatMap((part, index) => {
    if (typeof part !== "object") return [];
    const words = foldAscii(part.text).match(pieces) ?? [];
    return words.filter((word, at) => {
      const startsWhole = at > 0 || index === 0;
      const endsWhole = at < words.length - 1 || index === parts.length - 1;
      return isWordChar.test(word) && startsWhole && endsWhole;
    });
  });
}

/** Marks around the words say nothing. */
function trimmed(pattern: Pattern): Pattern {
  const tidy = tidyPattern(pattern);
  const last = tidy.length - 1;
  return tidyPattern(
    tidy.map((part, index) => {
      if (typeof part !== "object") return part;
      const text = part.text.toWellFormed();
      const front = index === 0 ? text.replace(/^[^0-9A-Za-z\u0080-\u{10ffff}]+/u, "") : text;
      return { text: index === last ? front.replace(/[^0-9A-Za-z\u0080-\u{10ffff}]+$/u, "") : front };
    }),
  );
}

function isWholeAt(part: Pattern[number] | undefined, end: "start" | "end"): boolean {
  if (typeof part !== "object") return false;
  const char = end === "start" ? part.text[0] : part.text.at(-1);
  return char !== undefined && isWordChar.test(char);
}

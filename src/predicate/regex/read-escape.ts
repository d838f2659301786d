import { RegexFault, type RegexCursor } from "./cursor.ts";
import { rangesOfChar } from "./of-pattern.ts";
import { classes, invertRanges, type CodeRange, type Regex, type RegexAssertion } from "./tree.ts";

const controls: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  a: 7,
  e: 27,
};

const sets: Readonly<Record<string, readonly CodeRange[]>> = {
  d: classes.digit,
  w: classes.word,
  s: classes.space,
  D: invertRanges(classes.digit),
  W: invertRanges(classes.word),
  S: invertRanges(classes.space),
};

const assertions = new Map<string | undefined, RegexAssertion>([
  ["b", "word-edge"],
  ["B", "no-word-edge"],
  ["A", "text-start"],
  ["z", "text-end"],
]);

/** Reads an escape outside a class. */
export function readEscape(cursor: RegexCursor): Regex {
  const at = assertions.get(cursor.source[cursor.at + 1]);
  if (at !== undefined) {
    cursor.at += 2;
    return { kind: "assert", at };
  }
  const escaped = readEscapedChars(cursor);
  if (typeof escaped !== "number") {
    return { kind: "chars", ranges: escaped };
  }
  return { kind: "chars", ranges: rangesOfChar(String.fromCodePoint(escaped), !cursor.ignoreCase) };
}

/** Reads an escape that stands for one code point or for a set of them, inside a class or outside. */
export function readEscapedChars(cursor: RegexCursor): number | readonly CodeRange[] {
  const { source, at } = cursor;
  const name = source[at + 1];
  if (name === undefined) {
    throw new RegexFault("Nothing follows this backslash", at, at + 1);
  }
  const set = sets[name];
  if (set !== undefined) {
    cursor.at += 2;
    return set;
  }
  const control = controls[name];
  if (control !== undefined) {
    cursor.at += 2;
    return control;
  }
  if (/[1-9k]/.test(name)) {
    throw new RegexFault("Back-references are not supported in regular expressions", at, at + 2);
  }
  const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|[ux]\{([0-9a-fA-F]{1,6})\}|(0)(?!\d))/.exec(
    source.slice(at, at + 12),
  );
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? hex[4] ?? "0", 16);
    if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
      cursor.at += hex[0].length;
      return code;
    }
    throw new RegexFault("There is no such character", at, at + hex[0].length);
  }
  if (/[0-9A-Za-z]/.test(name)) {
    throw new RegexFault(`\\${name} is not supported in regular expressions`, at, at + 2);
  }
  const code = source.codePointAt(at + 1) ?? 0;
  cursor.at += 1 + String.fromCodePoint(code).length;
  return code;
}

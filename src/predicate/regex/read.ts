import { regexLengthMax, regexStepsMax } from "../limits.ts";
import { joinRanges, type Regex } from "./tree.ts";
import { readClass } from "./read-class.ts";
import { readEscape } from "./read-escape.ts";
import { RegexFault, type RegexCursor } from "./cursor.ts";
import { rangesOfChar } from "./of-pattern.ts";
import { classes } from "./tree.ts";

/** A regular expression as read, or what is wrong with it and where (an offset into its source). */
export type RegexReading =
  | { readonly ok: true; readonly regex: Regex }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

const repeatMax = 1_000;
const groupDepthMax = 50;

/**
 * Reads the subset of regular expressions that RE2 and JavaScript can be made to agree on: no look-around, no
 * back-references, `\d \w \s \b` in ASCII. Flags `i`, `m`, `s`.
 */
export function readRegex(source: string, flags: string): RegexReading {
  const unknown = Array.from(flags).find((flag) => !"ims".includes(flag));
  if (unknown !== undefined) {
    return fault(`Unknown flag ${unknown} on a regular expression; i, m and s are known`, source.length, source.length);
  }
  if (source.length > regexLengthMax) {
    return fault(`A regular expression may have ${regexLengthMax} characters`, regexLengthMax, source.length);
  }
  const inline = /^\(\?([ims]+)\)/.exec(source);
  const all = flags + (inline?.[1] ?? "");
  const cursor: RegexCursor = {
    source,
    at: inline?.[0].length ?? 0,
    ignoreCase: all.includes("i"),
    multiline: all.includes("m"),
    dotAll: all.includes("s"),
    depth: 0,
  };
  try {
    const regex = readChoice(cursor);
    if (cursor.at < source.length) {
      throw new RegexFault("There is no ( for this )", cursor.at, cursor.at + 1);
    }
    if (countSteps(regex) > regexStepsMax) {
      throw new RegexFault("The repeats of this regular expression multiply to too much", 0, source.length);
    }
    return { ok: true, regex };
  } catch (error) {
    if (error instanceof RegexFault) {
      return fault(error.message, error.start, error.end);
    }
    throw error;
  }
}

function fault(message: string, start: number, end: number): RegexReading {
  return { ok: false, message, start, end };
}

function readChoice(cursor: RegexCursor): Regex {
  const branches = [readSequence(cursor)];
  while (cursor.source[cursor.at] === "|") {
    cursor.at += 1;
    branches.push(readSequence(cursor));
  }
  const [only] = branches;
  return branches.length === 1 && only !== undefined ? only : { kind: "choice", of: branches };
}

function readSequence(cursor: RegexCursor): Regex {
  const parts: Regex[] = [];
  while (cursor.at < cursor.source.length && !"|)".includes(cursor.source[cursor.at] ?? "")) {
    parts.push(readRepeat(cursor));
  }
  return { kind: "sequence", of: parts };
}

function readRepeat(cursor: RegexCursor): Regex {
  const start = cursor.at;
  const atom = readAtom(cursor);
  const counted = /^(?:([*+?])|\{(\d{1,5})(,(\d{0,5}))?\})\??/.exec(cursor.source.slice(cursor.at, cursor.at + 20));
  if (counted === null) {
    return atom;
  }
  if (atom.kind === "assert") {
    throw new RegexFault("There is nothing to repeat here", start, cursor.at + counted[0].length);
  }
  cursor.at += counted[0].length;
  const [min, max] = readCount(counted);
  if (min > repeatMax || (max ?? 0) > repeatMax || (max !== undefined && max < min)) {
    throw new RegexFault(`A repeat goes from low to high, to ${repeatMax} at most`, start, cursor.at);
  }
  if (/^[*+?]/.test(cursor.source.slice(cursor.at))) {
    throw new RegexFault("A repeat cannot be repeated", cursor.at, cursor.at + 1);
  }
  return { kind: "repeat", of: atom, min, max };
}

function readCount(counted: RegExpExecArray): [number, number | undefined] {
  switch (counted[1] ?? "{") {
    case "*":
      return [0, undefined];
    case "+":
      return [1, undefined];
    case "?":
      return [0, 1];
  }
  const min = Number(counted[2]);
  if (counted[3] === undefined) {
    return [min, min];
  }
  return [min, counted[4] === "" ? undefined : Number(counted[4])];
}

function readAtom(cursor: RegexCursor): Regex {
  const char = String.fromCodePoint(cursor.source.codePointAt(cursor.at) ?? 0);
  switch (char) {
    case "(":
      return readGroup(cursor);
    case "[":
      return readClass(cursor);
    case "\\":
      return readEscape(cursor);
    case "*":
    case "+":
    case "?":
      throw new RegexFault("There is nothing to repeat here", cursor.at, cursor.at + 1);
  }
  cursor.at += char.length;
  switch (char) {
    case ".":
      return { kind: "chars", ranges: cursor.dotAll ? classes.any : classes.notNewline };
    case "^":
      return { kind: "assert", at: cursor.multiline ? "line-start" : "text-start" };
    case "$":
      return { kind: "assert", at: cursor.multiline ? "line-end" : "text-end" };
  }
  return {
    kind: "chars",
    ranges: joinRanges(rangesOfChar(char.toWellFormed(), !cursor.ignoreCase)),
  };
}

function readGroup(cursor: RegexCursor): Regex {
  const start = cursor.at;
  const opening = /^\((?:\?(?:P?<[A-Za-z_]\w*>|:))?(?!\?)/.exec(cursor.source.slice(start, start + 80));
  if (opening === null) {
    const what = /^\(\?<?[=!]/.test(cursor.source.slice(start)) ? "Look-around" : "This kind of group";
    throw new RegexFault(
      `${what} is not supported in regular expressions`,
      start,
      Math.min(start + 3, cursor.source.length),
    );
  }
  cursor.at += opening[0].length;
  cursor.depth += 1;
  if (cursor.depth > groupDepthMax) {
    throw new RegexFault(`Groups may be nested ${groupDepthMax} deep`, start, cursor.at);
  }
  const inner = readChoice(cursor);
  if (cursor.source[cursor.at] !== ")") {
    throw new RegexFault("There is no ) for this (", start, start + 1);
  }
  cursor.at += 1;
  cursor.depth -= 1;
  return { kind: "sequence", of: [inner] };
}

function countSteps(regex: Regex): number {
  switch (regex.kind) {
    case "chars":
    case "assert":
      return 1;
    case "sequence":
    case "choice":
      return 1 + regex.of.reduce((sum, part) => sum + countSteps(part), 0);
    case "repeat":
      return 1 + countSteps(regex.of) * Math.max(1, regex.max ?? regex.min + 1);
  }
}

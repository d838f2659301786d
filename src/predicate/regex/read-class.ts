import { caseVariants } from "../fold.ts";
import { RegexFault, type RegexCursor } from "./cursor.ts";
import { readEscapedChars } from "./read-escape.ts";
import { invertRanges, joinRanges, type CodeRange, type Regex } from "./tree.ts";

/** Above this many code points a range under `i` folds its ASCII letters only. */
const foldedRangeMax = 2_000;

/** Reads a character class such as `[^a-z\d]`. */
export function readClass(cursor: RegexCursor): Regex {
  const start = cursor.at;
  const isInverted = cursor.source[start + 1] === "^";
  cursor.at += isInverted ? 2 : 1;
  const ranges: CodeRange[] = [];
  while (cursor.source[cursor.at] !== "]") {
    if (cursor.at >= cursor.source.length) {
      throw new RegexFault("There is no ] for this [", start, start + 1);
    }
    if (cursor.source.startsWith("[:", cursor.at)) {
      throw new RegexFault("Named classes such as [:alpha:] are not supported", cursor.at, cursor.at + 2);
    }
    ranges.push(...readMember(cursor));
  }
  cursor.at += 1;
  const folded = joinRanges(cursor.ignoreCase ? ranges.flatMap(foldRange) : ranges);
  const final = isInverted ? invertRanges(folded) : folded;
  if (final.length === 0) {
    throw new RegexFault("This class has no characters", start, cursor.at);
  }
  return { kind: "chars", ranges: final };
}

function readMember(cursor: RegexCursor): readonly CodeRange[] {
  const start = cursor.at;
  const first = readOne(cursor);
  if (typeof first !== "number") {
    return first;
  }
  const next = cursor.source[cursor.at + 1];
  if (cursor.source[cursor.at] !== "-" || next === "]" || next === undefined) {
    return [[first, first]];
  }
  cursor.at += 1;
  const last = readOne(cursor);
  if (typeof last !== "number" || last < first) {
    throw new RegexFault("A range in a class goes from a low character to a high one", start, cursor.at);
  }
  return [[first, last]];
}

function readOne(cursor: RegexCursor): number | readonly CodeRange[] {
  if (cursor.source[cursor.at] === "\\") {
    if (cursor.source[cursor.at + 1] === "b") {
      cursor.at += 2;
      return 8;
    }
    return readEscapedChars(cursor);
  }
  const code = cursor.source.codePointAt(cursor.at) ?? 0;
  cursor.at += code > 0xffff ? 2 : 1;
  return code;
}

function foldRange([first, last]: CodeRange): CodeRange[] {
  const folded: CodeRange[] = [[first, last]];
  const foldsAll = last - first <= foldedRangeMax;
  for (let code = first; code <= (foldsAll ? last : Math.min(last, 0x7f)); code += 1) {
    for (const variant of caseVariants(String.fromCodePoint(code).toWellFormed())) {
      const other = variant.codePointAt(0) ?? code;
      folded.push([other, other]);
    }
  }
  return folded;
}

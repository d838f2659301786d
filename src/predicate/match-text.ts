import { foldAscii, hasWideCase } from "./fold.ts";
import { anywhere, compileFolded, literalsOf } from "./pattern.ts";
import { regexOfPattern } from "./regex/of-pattern.ts";
import { compileRegexTest } from "./regex/run.ts";
import { spellingsOf } from "./spellings.ts";
import type { Pattern } from "./tree.ts";

/** A test of a record's JSON text, given as it stands and folded. */
export function compileText(pattern: Pattern): (text: string, folded: string) => boolean {
  const tests = spellingsOf(pattern).map(compileSpelling);
  return (text, folded) => tests.some((test) => test(text, folded));
}

function compileSpelling(pattern: Pattern): (text: string, folded: string) => boolean {
  const whole = anywhere(pattern);
  if (literalsOf(whole).some(hasWideCase)) {
    return compileRegexTest(regexOfPattern(whole, false));
  }
  const matches = compileFolded(
    whole.map((part) => (typeof part === "object" ? { text: foldAscii(part.text) } : part)),
  );
  return (_text, folded) => matches(folded);
}

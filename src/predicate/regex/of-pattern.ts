import { caseVariants } from "../fold.ts";
import type { Pattern } from "../tree.ts";
import { classes, joinRanges, type CodeRange, type Regex } from "./tree.ts";

/** A wildcard pattern for a whole text, as a regular expression. */
export function regexOfPattern(pattern: Pattern, cased: boolean): Regex {
  const body = pattern.flatMap((part): Regex[] => {
    if (part === "?") {
      return [{ kind: "chars", ranges: classes.any }];
    }
    if (part === "*") {
      return [{ kind: "repeat", of: { kind: "chars", ranges: classes.any }, min: 0, max: undefined }];
    }
    return Array.from(part.text.toWellFormed(), (char) => ({
      kind: "chars",
      ranges: rangesOfChar(char, cased),
    }));
  });
  return {
    kind: "sequence",
    of: [{ kind: "assert", at: "text-start" }, ...body, { kind: "assert", at: "text-end" }],
  };
}

/** The code points one character stands for. */
export function rangesOfChar(char: string, cased: boolean): CodeRange[] {
  const variants = cased ? [char] : caseVariants(char);
  return joinRanges(
    variants.map((variant) => {
      const code = variant.codePointAt(0) ?? 0;
      return [code, code];
    }),
  );
}

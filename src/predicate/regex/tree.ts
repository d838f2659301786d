/** First and last code point of a run, both included. */
export type CodeRange = readonly [first: number, last: number];

/** A regular expression after reading: only what JavaScript and RE2 can be made to agree on. */
export type Regex =
  | { readonly kind: "chars"; readonly ranges: readonly CodeRange[] }
  | { readonly kind: "sequence"; readonly of: readonly Regex[] }
  | { readonly kind: "choice"; readonly of: readonly Regex[] }
  | {
      readonly kind: "repeat";
      readonly of: Regex;
      readonly min: number;
      readonly max: number | undefined;
    }
  | { readonly kind: "assert"; readonly at: RegexAssertion };

export type RegexAssertion = "text-start" | "text-end" | "line-start" | "line-end" | "word-edge" | "no-word-edge";

const lastCode = 0x10ffff;

/** Digits, word characters and white space mean ASCII, as in RE2. */
export const classes = {
  digit: [[0x30, 0x39]],
  word: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  any: [[0, lastCode]],
  notNewline: [
    [0, 0x09],
    [0x0b, lastCode],
  ],
} as const satisfies Record<string, readonly CodeRange[]>;

/** Sorts and joins ranges. */
export function joinRanges(ranges: readonly CodeRange[]): CodeRange[] {
  const joined: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) {
      before[1] = Math.max(before[1], last);
    } else {
      joined.push([first, last]);
    }
  }
  return joined;
}

/** Every code point that is not in the ranges. */
export function invertRanges(ranges: readonly CodeRange[]): CodeRange[] {
  const inverted: CodeRange[] = [];
  let next = 0;
  for (const [first, last] of joinRanges(ranges)) {
    if (first > next) {
      inverted.push([next, first - 1]);
    }
    next = last + 1;
  }
  if (next <= lastCode) {
    inverted.push([next, lastCode]);
  }
  return inverted;
}

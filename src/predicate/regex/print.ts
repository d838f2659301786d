import type { CodeRange, Regex, RegexAssertion } from "./tree.ts";

const assertions: Readonly<Record<RegexAssertion, string>> = {
  "text-start": "\\A",
  "text-end": "\\z",
  "line-start": "(?m:^)",
  "line-end": "(?m:$)",
  "word-edge": "\\b",
  "no-word-edge": "\\B",
};

/** Prints a regular expression in RE2's syntax, every special character escaped, no flags left to defaults. */
export function printRe2(regex: Regex): string {
  switch (regex.kind) {
    case "chars":
      return printChars(regex.ranges);
    case "sequence":
      return regex.of.map((part) => (part.kind === "choice" ? `(?:${printRe2(part)})` : printRe2(part))).join("");
    case "choice":
      return regex.of.map(printRe2).join("|");
    case "repeat":
      return `(?:${printRe2(regex.of)})${printCount(regex.min, regex.max)}`;
    case "assert":
      return assertions[regex.at];
  }
}

function printCount(min: number, max: number | undefined): string {
  if (max === undefined) {
    return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  }
  return min === 0 && max === 1 ? "?" : `{${min},${max}}`;
}

function printChars(ranges: readonly CodeRange[]): string {
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined && only[0] === only[1]) {
    return printCode(only[0]);
  }
  return `[${ranges.map(([first, last]) => (first === last ? printCode(first) : `${printCode(first)}-${printCode(last)}`)).join("")}]`;
}

function printCode(code: number): string {
  const char = String.fromCodePoint(code);
  if (/^[0-9A-Za-z]$/.test(char)) {
    return char;
  }
  return /^[!-~]$/.test(char) ? `\\${char}` : `\\x{${code.toString(16)}}`;
}

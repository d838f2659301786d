import { readNumber } from "../number-text.ts";
import { numberTextsOf } from "../match-test.ts";
import { literalsOf } from "../pattern.ts";
import type { FieldPath, Test } from "../tree.ts";
import { quoteText, quoteTexts } from "./quote.ts";
import { anyOf } from "./text-tests.ts";

const needlesMax = 200;
const needleLengthMin = 3;

/** A JSON writer may spell any ASCII letter as `\u00xx`; records with such escapes pass every prefilter. */
const asciiEscape = "\\u00";

/** A number whose spelling may differ from its canonical text: with an exponent, or with many digits. */
const unusualNumber = "[:\\[,\\s]-?(?:[0-9.]+[eE][-+]?[0-9]|[0-9.]{16,})";

/**
 * Cheap conditions on the record's JSON text that must hold for a test on this path to pass: the key stands there, and
 * so does some plain part of the value. They may let too much through, never too little.
 */
export function prefiltersOf(path: FieldPath, test: Test, raw: string): readonly string[] {
  const filters: string[] = [];
  const value = valueFilter(test, raw);
  if (value !== undefined) {
    filters.push(value);
  }
  const key = longest(path.filter((step) => step !== "*" && step !== "**").flatMap(plainParts));
  if (key !== undefined) {
    filters.push(`multiSearchAny(${raw}, [${quoteTexts([key, asciiEscape])}])`);
  }
  return filters;
}

function valueFilter(test: Test, raw: string): string | undefined {
  if (test.op === "equals") {
    return equalsFilter(test.values, raw);
  }
  if (test.op !== "like") {
    return undefined;
  }
  const parts = literalsOf(test.pattern).flatMap(plainParts);
  const word = longest(parts.filter(hasLetter));
  if (word !== undefined) {
    return contains([word], raw);
  }
  const digits = longest(parts);
  return digits === undefined ? undefined : anyOf([contains([digits], raw), hasUnusualNumber(raw)]);
}

function equalsFilter(values: readonly string[], raw: string): string | undefined {
  const needles = new Set<string>();
  let mayBeNumber = false;
  for (const value of values) {
    const parts = plainParts(value);
    const isNumber = readNumber(value) !== undefined;
    const needle = longest(isNumber ? parts : parts.filter(hasLetter)) ?? longest(parts);
    if (needle === undefined) {
      return undefined;
    }
    needles.add(needle);
    if (isNumber || !hasLetter(needle)) {
      mayBeNumber = true;
      const canonical = longest(numberTextsOf([value]).flatMap(plainParts));
      if (isNumber && canonical === undefined) {
        return undefined;
      }
      if (canonical !== undefined) {
        needles.add(canonical);
      }
    }
  }
  if (needles.size === 0 || needles.size > needlesMax) {
    return undefined;
  }
  const found = contains([...needles], raw);
  return mayBeNumber ? anyOf([found, hasUnusualNumber(raw)]) : found;
}

function contains(needles: readonly string[], raw: string): string {
  return `multiSearchAnyCaseInsensitive(${raw}, [${quoteTexts([...needles, asciiEscape])}])`;
}

function hasUnusualNumber(raw: string): string {
  return `match(${raw}, ${quoteText(unusualNumber)})`;
}

/** Runs of ASCII letters and digits: no JSON writer puts anything but `\u00xx` in their place. */
function plainParts(text: string): readonly string[] {
  // The engine prints U+2028 and U+2029 as escapes, which then look like letters.
  return (text.match(/[0-9A-Za-z]+/g) ?? []).filter((part) => !/u202[89]/i.test(part));
}

/** A run with a letter that no number has. */
function hasLetter(part: string): boolean {
  return /[a-df-z]/i.test(part);
}

function longest(parts: readonly string[]): string | undefined {
  const found = parts.reduce((best, part) => (part.length > best.length ? part : best), "");
  return found.length >= needleLengthMin ? found : undefined;
}

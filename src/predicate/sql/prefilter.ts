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
 * Cheap conditions on the record's JSON text that must hold for one of the tests on this path to pass: the key stands
 * there, and so does some plain part of a value. They may let too much through, never too little.
 */
export function prefiltersOf(path: FieldPath, tests: readonly Test[], raw: string): readonly string[] {
  const filters: string[] = [];
  const values = [...new Set(tests.map((test) => valueFilter(test, raw)))].filter((filter) => filter !== undefined);
  if (values.length > 0 && tests.every((test) => valueFilter(test, raw) !== undefined)) {
    filters.push(anyOf(values));
  }
  // The last key is the rarest.
  const key = path.flatMap((step) => (step === "*" || step === "**" ? [] : (longest(plainParts(step)) ?? []))).at(-1);
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
  const parts = literalsOf(test.pattern).flatMap(plainPartsInJson);
  const word = longest(parts.filter(hasLetter));
  if (word !== undefined) {
    return contains([word], raw);
  }
  const digits = longest(parts.flatMap(digitRuns));
  return digits === undefined ? undefined : anyOf([contains([digits], raw), hasUnusualNumber(raw)]);
}

function equalsFilter(values: readonly string[], raw: string): string | undefined {
  const needles = new Set<string>();
  let mayBeNumber = false;
  for (const value of values) {
    for (const needle of needlesOf(value)) {
      if (needle === undefined) {
        return undefined;
      }
      needles.add(needle);
    }
    mayBeNumber ||= readNumber(value) !== undefined;
  }
  if (needles.size === 0 || needles.size > needlesMax) {
    return undefined;
  }
  const found = contains([...needles], raw);
  return mayBeNumber ? anyOf([found, hasUnusualNumber(raw)]) : found;
}

/** What must stand in the record for this value: a number may be spelled in two ways, of which one must. */
function needlesOf(value: string): readonly (string | undefined)[] {
  if (readNumber(value) !== undefined) {
    return [value, ...numberTextsOf([value])].map((text) => longest(digitRuns(text)));
  }
  return [longest(/^[{[]/.test(value) ? plainPartsInJson(value) : plainParts(value))];
}

function contains(needles: readonly string[], raw: string): string {
  return `multiSearchAnyCaseInsensitive(${raw}, [${quoteTexts([...needles, asciiEscape])}])`;
}

function hasUnusualNumber(raw: string): string {
  return `match(${raw}, ${quoteText(unusualNumber)})`;
}

/**
 * Runs of characters that a JSON writer leaves as they are or spells `\\u00xx`: printable ASCII without the quotation
 * mark, the backslash and the slash.
 */
function plainParts(text: string): readonly string[] {
  return text.match(/[ !#-.0-[\]-~]+/g) ?? [];
}

/**
 * The same for text that may also be found in the JSON text of an object, where white space may stand around the marks
 * of JSON, and where the engine prints U+2028 and U+2029 as escapes, which look like letters.
 */
function plainPartsInJson(text: string): readonly string[] {
  return (text.match(/[ !#-+\-.0-9;-Z^-z|~]+/g) ?? []).filter((part) => !/u202[89]/i.test(part));
}

/** Digits stay together however a number is spelled. */
function digitRuns(text: string): readonly string[] {
  return text.match(/\d+/g) ?? [];
}

/** A run with a letter that no number has. */
function hasLetter(part: string): boolean {
  return /[a-df-z]/i.test(part);
}

function longest(parts: readonly string[]): string | undefined {
  const found = parts.reduce((best, part) => (part.length > best.length ? part : best), "");
  return found.length >= needleLengthMin ? found : undefined;
}

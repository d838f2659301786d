import { readAddress, readRange } from "./address.ts";
import { PredicateError } from "./errors.ts";
import { foldAscii, hasWideCase } from "./fold.ts";
import { readInstant } from "./instant.ts";
import { jsonTextOf } from "./json-text.ts";
import { clampNumber, printNumber, readNumber } from "./number-text.ts";
import { compilePattern } from "./pattern.ts";
import { readRegex } from "./regex/read.ts";
import { compileRegexTest } from "./regex/run.ts";
import { timePartOf } from "./time-part.ts";
import type { Test } from "./tree.ts";

/** A test of one value that a path led to; the record is there for the JSON text of objects. */
export type ValueTest = (value: unknown, record: unknown, text: string) => boolean;

/** Turns a test into a function of a value. */
export function compileTest(test: Test): ValueTest {
  switch (test.op) {
    case "exists":
      return () => true;
    case "null":
      return (value) => value === null;
    case "equals":
      return compileEquals(test.values, test.cased);
    case "like":
      return compileTexts(compilePattern(test.pattern, test.cased));
    case "regex":
      return compileTexts(compileRegexTest(regexOf(test.source, test.flags)));
    case "compare":
      return compileCompare(test.by, test.number);
    case "compare-time": {
      const passes = compareWith(test.by, test.at);
      return (value) => typeof value === "string" && passes(readInstant(value));
    }
    case "time-part": {
      const { part, number } = test;
      const passes = test.by === "=" ? (value: number) => value === number : compareWith(test.by, number);
      return (value) => {
        const at = typeof value === "string" ? readInstant(value) : undefined;
        return at !== undefined && passes(timePartOf(at, part));
      };
    }
    case "cidr": {
      const range = rangeOf(test.range);
      return (value) => {
        const address = typeof value === "string" ? readAddress(value) : undefined;
        return address !== undefined && address >= range.first && address <= range.last;
      };
    }
  }
}

/** The regular expression of a test; an invalid one is thrown, as whoever built the tree should have asked. */
export function regexOf(source: string, flags: string) {
  const reading = readRegex(source, flags);
  if (!reading.ok) {
    throw new PredicateError(reading.message, {
      code: "regex-not-supported",
      fault: "user",
      help: "Write it without look-around and back-references",
      details: { source, start: reading.start, end: reading.end },
    });
  }
  return reading.regex;
}

/** The address range of a test. */
export function rangeOf(text: string) {
  const range = readRange(text);
  if (range === undefined) {
    throw new PredicateError(`${text} is not an address range`, {
      code: "range-not-valid",
      fault: "user",
      help: "Write it as 10.0.0.0/8 or 2001:db8::/32",
      details: { range: text },
    });
  }
  return range;
}

/** Numbers are compared by value, so the texts of the values that are numbers are brought to one form. */
export function numberTextsOf(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => {
    const number = readNumber(value);
    return number === undefined ? [] : [printNumber(number)];
  });
}

function compileEquals(values: readonly string[], cased: boolean): ValueTest {
  const plain = values.map((value) => value.toWellFormed());
  const texts = new Set(cased ? plain : plain.map(foldAscii));
  const wide = cased ? [] : plain.filter(hasWideCase).map((value) => compilePattern([{ text: value }], false));
  const numbers = new Set(numberTextsOf(plain));
  const mayBeJson = plain.some((value) => /^[{[]/.test(value));
  // Folding keeps the length: most texts are another one by that alone.
  const lengths = new Set(wide.length > 0 ? [] : plain.map(({ length }) => length));
  return (value, record, text) => {
    if (typeof value === "string" && wide.length === 0 && !lengths.has(value.length)) return false;
    if (typeof value === "number") {
      return numbers.has(printNumber(value));
    }
    if (value === null || (typeof value === "object" && !mayBeJson)) {
      return false;
    }
    const whole = typeof value === "object" ? jsonTextOf(value, record, text) : String(value).toWellFormed();
    return texts.has(cased ? whole : foldAscii(whole)) || wide.some((matches) => matches(whole));
  };
}

function compileTexts(matches: (text: string) => boolean): ValueTest {
  return (value, record, text) => {
    if (value === null) {
      return false;
    }
    if (typeof value === "number") {
      return matches(printNumber(value));
    }
    if (typeof value !== "object") {
      return matches(String(value).toWellFormed());
    }
    const whole = jsonTextOf(value, record, text);
    return matches(whole) || matches(whole.replaceAll('\\"', '"'));
  };
}

function compileCompare(by: "<" | "<=" | ">" | ">=", number: number): ValueTest {
  const passes = compareWith(by, number);
  return (value) => {
    if (typeof value === "number") {
      return passes(clampNumber(value));
    }
    return typeof value === "string" && passes(readNumber(value));
  };
}

function compareWith(by: "<" | "<=" | ">" | ">=", limit: number): (value: number | undefined) => boolean {
  switch (by) {
    case "<":
      return (value) => value !== undefined && value < limit;
    case "<=":
      return (value) => value !== undefined && value <= limit;
    case ">":
      return (value) => value !== undefined && value > limit;
    case ">=":
      return (value) => value !== undefined && value >= limit;
  }
}

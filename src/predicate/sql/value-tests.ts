import { instantShapeRe2 } from "../instant.ts";
import { numberTextsOf, rangeOf, regexOf } from "../match-test.ts";
import { clampNumber, numberShapeRe2 } from "../number-text.ts";
import type { AddressRange } from "../address.ts";
import type { Test, TimePart } from "../tree.ts";
import { quoteText, quoteTexts } from "./quote.ts";
import { plainText, textFits, textIsOneOf, textMatches, type SqlText } from "./text-tests.ts";

/** Tests on a text that the record holds as a string; `exists` and `null` are not questions about a text. */
export type TextTest = Exclude<Test, { readonly op: "exists" | "null" }>;

/** Prints a test of a string's characters. */
export function printTextTest(test: TextTest, text: SqlText): string {
  switch (test.op) {
    case "equals":
      return textIsOneOf(text, test.values, test.cased);
    case "like":
      return textFits(text, test.pattern, test.cased);
    case "regex":
      return textMatches(text.name, regexOf(test.source, test.flags));
    case "compare": {
      const number = `toFloat64OrNull(${text.name})`;
      const passes = `ifNull(${number} ${test.by} ${printNumberSql(test.number)} AND isFinite(${number}), 0)`;
      return `(match(${text.name}, ${quoteText(numberShapeRe2)}) AND ${passes})`;
    }
    case "compare-time":
      return `(match(${text.name}, ${quoteText(instantShapeRe2)}) AND ${instantPasses(text.name, test.by, test.at)})`;
    case "time-part": {
      const instant = `parseDateTime64BestEffortOrNull(${text.name}, 3, 'UTC')`;
      const passes = `ifNull(${timePartPasses(instant, test)}, 0)`;
      return `(match(${text.name}, ${quoteText(instantShapeRe2)}) AND ${passes})`;
    }
    case "cidr":
      return addressIsIn(text.name, rangeOf(test.range));
  }
}

/** Prints a test of one value, given as JSON text under the name `v`; an empty text is an absent value. */
export function printFragmentTest(test: Test): string {
  const string = plainText("JSONExtractString(v)");
  const isString = "startsWith(v, '\"')";
  const isNumber = "match(v, '^[-0-9]')";
  switch (test.op) {
    case "exists":
      return "v != ''";
    case "null":
      return "v = 'null'";
    case "equals": {
      const numbers = numberTextsOf(test.values);
      const isListed = numbers.length === 0 ? "0" : `${numberTextSql("v")} IN (${quoteTexts(numbers)})`;
      const other = textIsOneOf(plainText("v"), test.values, test.cased);
      return `multiIf(v IN ('', 'null'), 0, ${isString}, ${printTextTest(test, string)}, ${isNumber}, ${isListed}, ${other})`;
    }
    case "like":
    case "regex":
      return `arrayExists(w -> ${printTextTest(test, plainText("w"))}, ${textsOfFragment})`;
    case "compare": {
      const passes = `ifNull(toFloat64OrNull(v) ${test.by} ${printNumberSql(test.number)}, 0)`;
      return `multiIf(${isString}, ${printTextTest(test, string)}, ${isNumber}, ${passes}, 0)`;
    }
    case "compare-time":
    case "time-part":
    case "cidr":
      return `(${isString} AND arrayExists(w -> ${printTextTest(test, plainText("w"))}, [${string.name}]))`;
  }
}

/** An object or array is tried as it stands and with \" read as ", for policies are JSON inside a string. */
const textsOfFragment =
  "multiIf(v IN ('', 'null'), emptyArrayString(), startsWith(v, '\"'), [JSONExtractString(v)], " +
  `match(v, '^[-0-9]'), [${numberTextSql("v")}], match(v, '^[{\\\\[]'), [v, replaceAll(v, '\\\\"', '"')], [v])`;

/** A number as JavaScript prints it: the engine writes `1e21` and `-0`; JavaScript `1e+21` and `0`. */
export function numberTextSql(name: string): string {
  return `replaceRegexpOne(toString(assumeNotNull(toFloat64OrNull(${name})) + 0), 'e([0-9])', 'e+\\\\1')`;
}

function printNumberSql(number: number): string {
  return `toFloat64(${quoteText(String(clampNumber(number)))})`;
}

function instantPasses(name: string, by: string, at: number): string {
  return `ifNull(toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${name}, 3, 'UTC')) ${by} ${Math.trunc(at)}, 0)`;
}

const timeParts: Readonly<Record<TimePart, string>> = {
  minute: "toMinute",
  hour: "toHour",
  day: "toDayOfMonth",
  week: "toISOWeek",
  month: "toMonth",
  year: "toYear",
};

/** Compares a part of an instant, which is an expression of the engine's type for times in UTC. */
export function timePartPasses(instant: string, test: Test & { readonly op: "time-part" }): string {
  return `${timeParts[test.part]}(${instant}) ${test.by} ${printNumberSql(test.number)}`;
}

function addressIsIn(name: string, range: AddressRange): string {
  const bound = (address: bigint) => `toFixedString(unhex(${quoteText(address.toString(16).padStart(32, "0"))}), 16)`;
  const isInside = `ifNull(IPv6StringToNumOrNull(${name}) BETWEEN ${bound(range.first)} AND ${bound(range.last)}, 0)`;
  // The engine lets `::ffff:010.0.0.1` through, where nobody agrees what the zero means.
  return `(${isInside} AND NOT match(${name}, '[:.]0[0-9]+\\\\.|\\\\.0[0-9]+$'))`;
}

import { arrayDepthMax, descentDepthMax } from "../limits.ts";
import type { FieldPath } from "../tree.ts";
import { quoteText } from "./quote.ts";

/**
 * An Array(String) with the JSON text of each value that a path leads to; an absent value is an empty text or no entry.
 * Goes step by step, so that an array on the way is seen and opened. A record that the engine's parser refuses (a lone
 * surrogate, an integer past 64 bits) is mended first, for JavaScript reads it.
 */
export function fragmentsOf(path: FieldPath, raw: string): string {
  const [first, ...rest] = path;
  if (first === undefined) {
    return `[JSONExtractRaw(${mendedJson(raw)})]`;
  }
  const start = isWildcard(first)
    ? stepInto(`[JSONExtractRaw(${mendedJson(raw)})]`, first)
    : openArrays(`[${firstStep(raw, first)}]`);
  return rest.reduce(stepInto, start);
}

/** Strings whole, numbers, and what stands between. */
const tokens = quoteText(String.raw`"(?:[^"\\]|\\.)*"|[-0-9][-+.0-9eE]*|[^-"0-9]+`);

function isWildcard(key: string): boolean {
  return key === "*" || key === "**";
}

/** The validity of the whole record is asked only when the key was not found. */
function firstStep(raw: string, key: string): string {
  const found = `JSONExtractRaw(${raw}, ${quoteText(key)})`;
  return `if(${found} != '' OR isValidJSON(${raw}), ${found}, JSONExtractRaw(${mend(raw)}, ${quoteText(key)}))`;
}

function stepInto(list: string, key: string): string {
  if (key === "*") {
    return openArrays(
      `arrayFlatten(arrayMap(o -> arrayMap(p -> p.2, JSONExtractKeysAndValuesRaw(${parsable("o")})), ${list}))`,
    );
  }
  if (key === "**") {
    return openArrays(`arrayFlatten(arrayMap(o -> ${everythingBelow("o")}, ${list}))`);
  }
  return openArrays(`arrayMap(o -> JSONExtractRaw(${parsable("o")}, ${quoteText(key)}), ${list})`);
}

function openArrays(list: string): string {
  return `arrayFlatten(arrayMap(a0 -> ${openOne("a0", arrayDepthMax)}, ${list}))`;
}

function openOne(name: string, levels: number): string {
  if (levels === 0) {
    return `[${name}]`;
  }
  const item = `a${arrayDepthMax - levels + 1}`;
  const items = `JSONExtractArrayRaw(${parsable(name)})`;
  const opened = levels === 1 ? items : `arrayFlatten(arrayMap(${item} -> ${openOne(item, levels - 1)}, ${items}))`;
  return `if(startsWith(${name}, '['), arrayConcat([${name}], ${opened}), [${name}])`;
}

/** The value itself and everything in it, level by level: what is found so far, and what is to be opened next. */
function everythingBelow(name: string): string {
  const children =
    `multiIf(startsWith(c, '{'), arrayMap(p -> p.2, JSONExtractKeysAndValuesRaw(${parsable("c")})), ` +
    `startsWith(c, '['), JSONExtractArrayRaw(${parsable("c")}), emptyArrayString())`;
  const fold = `(d, i) -> (arrayConcat(d.1, d.2), arrayFlatten(arrayMap(c -> ${children}, d.2)))`;
  return `arrayFold(${fold}, range(${descentDepthMax}), (emptyArrayString(), [${name}])).1`;
}

/**
 * What the engine prints it cannot always read again: `1e19` becomes twenty digits, which its parser takes for an integer
 * past 64 bits.
 */
function parsable(name: string): string {
  const number = quoteText(String.raw`([:,\[])(-[0-9]{19,}|[0-9]{20,})`);
  const mended = `replaceRegexpAll(${name}, ${number}, ${quoteText(String.raw`\1\2.0`)})`;
  return `if(match(${name}, '[0-9]{19}') AND NOT isValidJSON(${name}), ${mended}, ${name})`;
}

function mendedJson(raw: string): string {
  return `if(isValidJSON(${raw}), ${raw}, ${mend(raw)})`;
}

/**
 * JSON that the engine's parser accepts: lone surrogates become U+FFFD, integers past 64 bits become decimals, numbers
 * past the largest become the largest. Strings are taken whole, so nothing inside one is mistaken for a number.
 */
function mend(raw: string): string {
  const isWhole =
    "length(t) < 20 OR (length(t) = 20 AND t <= if(startsWith(t, '-'), '-9223372036854775808', '18446744073709551615'))";
  const number =
    "multiIf(NOT isFinite(ifNull(toFloat64OrNull(t), inf)), concat(if(startsWith(t, '-'), '-', ''), '1.7976931348623157e308'), " +
    `match(t, '[.eE]') OR ${isWhole}, t, concat(t, '.0'))`;
  const mended = `multiIf(startsWith(t, '"'), ${mendString("t")}, match(t, '^-?[0-9]'), ${number}, t)`;
  return `arrayStringConcat(arrayMap(t -> ${mended}, extractAll(${raw}, ${tokens})))`;
}

function mendString(name: string): string {
  const lone = "\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}";
  const pair = "\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}";
  const pieces = quoteText(`${pair}|${lone}|\\\\.|[^\\\\]+`);
  const piece = `if(match(s, ${quoteText(`^${lone}$`)}), ${quoteText("\\ufffd")}, s)`;
  return `arrayStringConcat(arrayMap(s -> ${piece}, extractAll(${name}, ${pieces})))`;
}

import type { Column } from "../columns.ts";
import { compileTest, regexOf } from "../match-test.ts";
import { fitsEmpty } from "../pattern.ts";
import { compileRegexTest } from "../regex/run.ts";
import type { Test } from "../tree.ts";
import { areHashable, someHashIsOneOf } from "./text-hash.ts";
import { plainText, type SqlText } from "./text-tests.ts";
import { printTextTest, timePartPasses, type TextTest } from "./value-tests.ts";

/** Prints a test on a typed column; undefined when the column cannot answer and the record's JSON text has to. */
export function printColumnTest(column: Column, test: Test, onRaw: () => string): string | undefined {
  switch (column.type) {
    case "text":
      return printTextColumn(column, test, onRaw);
    case "texts":
      return printTextsColumn(column, test, onRaw);
    case "boolean":
      return printBooleanColumn(column.name, test, onRaw);
    case "time":
      return printTimeColumn(column.name, test, onRaw);
  }
}

function printTextColumn(column: Column & { type: "text" }, test: Test, onRaw: () => string): string {
  const { name } = column;
  if (test.op === "exists") {
    return `(${name} != '' OR ${onRaw()})`;
  }
  if (test.op === "null") {
    return `(${name} = '' AND ${onRaw()})`;
  }
  const { folded, hash } = column;
  const text: SqlText = {
    ...(folded === undefined ? plainText(name) : { name, folded, isIndexed: true }),
    ...(hash === undefined ? {} : { hash }),
  };
  const passes = printTextTest(test, text);
  return passesOnEmpty(test) ? `if(${name} = '', ${onRaw()}, ${passes})` : passes;
}

/** An empty column does not say whether there is an empty text or none, so a test that passes on it must look. */
function passesOnEmpty(test: TextTest): boolean {
  switch (test.op) {
    case "equals":
      return test.values.includes("");
    case "like":
      return fitsEmpty(test.pattern);
    case "regex":
      return compileRegexTest(regexOf(test.source, test.flags))("");
    default:
      return false;
  }
}

function printTextsColumn(column: Column & { type: "texts" }, test: Test, onRaw: () => string): string | undefined {
  const { name, hashes } = column;
  if (test.op === "null") {
    return undefined;
  }
  if (test.op === "exists") {
    return `(notEmpty(${name}) OR ${onRaw()})`;
  }
  const someText = `arrayExists(x -> ${printTextTest(test, plainText("x"))}, ${name})`;
  if (test.op !== "equals" || hashes === undefined || !areHashable(test.values)) {
    return someText;
  }
  const someHash = someHashIsOneOf(hashes, test.values);
  return test.cased ? `(${someHash} AND ${someText})` : someHash;
}

function printBooleanColumn(name: string, test: Test, onRaw: () => string): string {
  if (test.op === "exists") {
    return `(${name} IS NOT NULL OR ${onRaw()})`;
  }
  if (test.op === "null") {
    return `(${name} IS NULL AND ${onRaw()})`;
  }
  const accepts = compileTest(test);
  const [onTrue, onFalse] = [accepts(true, {}, ""), accepts(false, {}, "")];
  if (onTrue && onFalse) {
    return `${name} IS NOT NULL`;
  }
  return onTrue || onFalse ? `ifNull(${name} = ${onTrue ? 1 : 0}, 0)` : "0";
}

const firstInstant = -1;
const lastInstant = Date.UTC(2200, 0, 2);

function printTimeColumn(name: string, test: Test, onRaw: () => string): string | undefined {
  const epoch = "toDateTime64(0, 3, 'UTC')";
  if (test.op === "exists") {
    return `(${name} != ${epoch} OR ${onRaw()})`;
  }
  if (test.op === "time-part") {
    return `if(${name} = ${epoch}, ${onRaw()}, ${timePartPasses(name, test)})`;
  }
  if (test.op !== "compare-time") {
    return undefined;
  }
  const at = Math.trunc(Math.max(firstInstant, Math.min(lastInstant, test.at)));
  const passes = `${name} ${test.by} fromUnixTimestamp64Milli(toInt64(${at}), 'UTC')`;
  const mayBeEpoch = test.by === "<" || test.by === "<=" || at <= 0;
  return mayBeEpoch ? `(${passes} AND (${name} != ${epoch} OR ${onRaw()}))` : passes;
}

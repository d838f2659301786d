import type { Column, Columns, NamedColumn } from "../columns.ts";
import { foldAscii, hasWideCase } from "../fold.ts";
import { literalOf, tidyPattern } from "../pattern.ts";
import type { Pattern, Test } from "../tree.ts";
import { quoteTexts } from "./quote.ts";

/** Of more names the index would be asked for longer than it saves. */
const namesMax = 50;

/**
 * Asks the index of names where one of these tests on a column may pass; the condition is for the index alone and never
 * computed. Undefined when the index cannot tell.
 */
export function namesHint(column: Column | undefined, tests: readonly Test[], columns: Columns): string | undefined {
  const { names, doubtful } = columns;
  if (names === undefined || column?.type !== "text" || column.named === undefined) return undefined;
  const wanted: string[] = [];
  for (const test of tests) {
    const patterns = patternsOf(test);
    if (patterns === undefined) return undefined;
    for (const pattern of patterns) {
      const name = nameIn(pattern, column.named);
      if (name === undefined || hasWideCase(name)) return undefined;
      wanted.push(foldAscii(name));
    }
  }
  if (wanted.length === 0 || wanted.length > namesMax) return undefined;
  const asked = `hasAny(${names}, [${quoteTexts([...new Set(wanted)])}])`;
  return `indexHint(${doubtful === undefined ? asked : `(${doubtful} = 1 OR ${asked})`})`;
}

/** The patterns of which one must fit; undefined where a test is of another kind. */
function patternsOf(test: Test): readonly Pattern[] | undefined {
  if (test.op === "like") return [test.pattern];
  return test.op === "equals" ? test.values.map((text) => [{ text }]) : undefined;
}

/** What the index has of every text that fits. */
function nameIn(pattern: Pattern, named: NamedColumn): string | undefined {
  const tidy = tidyPattern(pattern);
  const whole = literalOf(tidy);
  if (whole !== undefined) return whole === "" ? undefined : whole;
  const [first, second] = tidy;
  if (named !== "text-and-end" || tidy.length !== 2 || first !== "*" || typeof second !== "object") return undefined;
  return /^\/([^/\\]+)$/.exec(second.text)?.[1];
}

/**
 * The names in some columns, as the index has them: their texts, and of some what stands behind the last slash. Without
 * literals, for with any the engine does not know the expression again in a hint; and in arrays, for what is done to the
 * column of a dictionary is done to all of the dictionary for each stretch of the table.
 */
export function namesSql(columns: readonly { readonly name: string; readonly named: NamedColumn }[]): string {
  const ended = columns.filter(({ named }) => named === "text-and-end");
  const [texts, ends] = [columns, ended].map((some) => `[${some.map(({ name }) => name).join(", ")}]`);
  return `arrayConcat(arrayMap(x -> lower(x), ${texts}), arrayMap(x -> basename(lower(x)), ${ends}))`;
}

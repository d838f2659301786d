import { checkPredicate } from "./check.ts";
import type { Columns } from "./columns.ts";
import { PredicateError } from "./errors.ts";
import { sqlLengthMax } from "./limits.ts";
import { printFieldTests } from "./sql/field-tests.ts";
import { printFieldsTest } from "./sql/fields-test.ts";
import { allOf, anyOf } from "./sql/text-tests.ts";
import { printTextSearch } from "./sql/text-search.ts";
import { printWordsSearch } from "./sql/words-search.ts";
import type { FieldPath, Pattern, Predicate, Test } from "./tree.ts";

/**
 * Prints a tree of conditions as a ClickHouse expression that is 1 for the records that `compileMatcher` accepts and 0
 * for all others. Throws `PredicateError` when a condition is not valid or the SQL would grow too long.
 */
export function compileSql(predicate: Predicate, columns: Columns): string {
  checkPredicate(predicate);
  const sql = printNode(predicate, columns);
  if (sql.length > sqlLengthMax) {
    throw new PredicateError("This search has too many conditions for one query", {
      code: "predicate-too-large",
      fault: "user",
      help: "Search for less at once",
      details: { length: sql.length, lengthMax: sqlLengthMax },
    });
  }
  return sql;
}

function printNode(predicate: Predicate, columns: Columns): string {
  switch (predicate.kind) {
    case "all":
      return "1";
    case "none":
      return "0";
    case "and":
      return allOf(predicate.of.map((part) => printNode(part, columns)));
    case "or":
      return printOr(predicate.of, columns);
    case "not":
      return `NOT (${printNode(predicate.of, columns)})`;
    case "text":
      return printTextSearch([predicate.pattern], columns.raw);
    case "words":
      return printWordsSearch(predicate.pattern, columns);
    case "field":
      return printFieldTests(predicate.path, [predicate.test], columns);
    case "fields":
      return printFieldsTest(predicate, columns);
  }
}

/** Texts that may stand anywhere are looked for in one pass, and the tests of one path walk to its values once. */
function printOr(parts: readonly Predicate[], columns: Columns): string {
  const patterns: Pattern[] = [];
  const fields = new Map<string, { readonly path: FieldPath; readonly tests: Test[] }>();
  const others: string[] = [];
  for (const part of parts) {
    if (part.kind === "text") {
      patterns.push(part.pattern);
    } else if (part.kind === "field") {
      const key = JSON.stringify(part.path);
      const field = fields.get(key) ?? { path: part.path, tests: [] };
      field.tests.push(part.test);
      fields.set(key, field);
    } else {
      others.push(printNode(part, columns));
    }
  }
  return anyOf([
    ...[...fields.values()].map(({ path, tests }) => printFieldTests(path, tests, columns)),
    ...(patterns.length === 0 ? [] : [printTextSearch(patterns, columns.raw)]),
    ...others,
  ]);
}

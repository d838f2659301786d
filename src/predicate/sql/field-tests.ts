import type { Columns } from "../columns.ts";
import type { FieldPath, Test } from "../tree.ts";
import { printColumnTest } from "./column-tests.ts";
import { fragmentsOf } from "./fragments.ts";
import { namesHint } from "./names-hint.ts";
import { prefiltersOf } from "./prefilter.ts";
import { allOf, anyOf } from "./text-tests.ts";
import { printFragmentTest } from "./value-tests.ts";

/** Prints that one of the tests passes on some value that a path leads to, on a column where there is one. */
export function printFieldTests(path: FieldPath, tests: readonly Test[], columns: Columns): string {
  const { raw, doubtful } = columns;
  const column = columns.columnFor(path);
  const onColumn: string[] = [];
  const left: Test[] = [];
  for (const test of tests) {
    const condition = column && printColumnTest(column, test, () => printRawTests(path, [test], raw));
    if (condition === undefined) {
      left.push(test);
    } else {
      onColumn.push(condition);
    }
  }
  if (onColumn.length === 0 || (doubtful !== undefined && left.length > 0)) {
    return printRawTests(path, tests, raw);
  }
  const hint = namesHint(column, tests, columns);
  const exact =
    doubtful === undefined
      ? anyOf([...onColumn, ...(left.length === 0 ? [] : [printRawTests(path, left, raw)])])
      : `((${doubtful} = 0 AND ${anyOf(onColumn)}) OR (${doubtful} = 1 AND ${printRawTests(path, tests, raw)}))`;
  return allOf([...(hint === undefined ? [] : [hint]), exact]);
}

/** Walks to the values once, however many tests there are. */
function printRawTests(path: FieldPath, tests: readonly Test[], raw: string): string {
  const exact = `arrayExists(v -> ${anyOf(tests.map(printFragmentTest))}, ${fragmentsOf(path, raw)})`;
  return allOf([...prefiltersOf(path, tests, raw), exact]);
}

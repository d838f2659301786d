import type { Columns } from "../columns.ts";
import type { FieldPath, Test } from "../tree.ts";
import { printColumnTest } from "./column-tests.ts";
import { fragmentsOf } from "./fragments.ts";
import { prefiltersOf } from "./prefilter.ts";
import { allOf } from "./text-tests.ts";
import { printFragmentTest } from "./value-tests.ts";

/** Prints a test of the values a path leads to, on a column where there is one. */
export function printFieldTest(path: FieldPath, test: Test, columns: Columns): string {
  const onRaw = () => printRawTest(path, test, columns.raw);
  const column = columns.columnFor(path);
  const onColumn = column === undefined ? undefined : printColumnTest(column, test, onRaw);
  if (onColumn === undefined) {
    return onRaw();
  }
  if (columns.doubtful === undefined) {
    return onColumn;
  }
  return `((${columns.doubtful} = 0 AND ${onColumn}) OR (${columns.doubtful} = 1 AND ${onRaw()}))`;
}

function printRawTest(path: FieldPath, test: Test, raw: string): string {
  const exact = `arrayExists(v -> ${printFragmentTest(test)}, ${fragmentsOf(path, raw)})`;
  return allOf([...prefiltersOf(path, test, raw), exact]);
}

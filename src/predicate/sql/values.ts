import type { Columns } from "../columns.ts";
import type { FieldPath } from "../tree.ts";
import { fragmentsOf } from "./fragments.ts";
import { prefiltersOf } from "./prefilter.ts";
import { allOf } from "./text-tests.ts";
import { numberTextSql } from "./value-tests.ts";

/**
 * An Array(String) with the text of each string, number and boolean that a path leads to, read from the record's JSON
 * text; `null`, objects and absent values give none.
 */
export function valuesSql(path: FieldPath, columns: Columns): string {
  const texts =
    "multiIf(v IN ('', 'null') OR match(v, '^[{\\\\[]'), emptyArrayString(), startsWith(v, '\"'), " +
    `[JSONExtractString(v)], match(v, '^[-0-9]'), [${numberTextSql("v")}], [v])`;
  const values = `arrayFlatten(arrayMap(v -> ${texts}, ${fragmentsOf(path, columns.raw)}))`;
  const filters = prefiltersOf(path, [{ op: "exists" }], columns.raw);
  return filters.length === 0 ? values : `if(${allOf(filters)}, ${values}, emptyArrayString())`;
}

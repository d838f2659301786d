import type { Columns } from "../columns.ts";
import type { FieldRelation, Predicate } from "../tree.ts";
import { valuesSql } from "./values.ts";

/** Prints that a value of one path stands so to a value of another; both are read from the record's JSON text. */
export function printFieldsTest(predicate: Predicate & { readonly kind: "fields" }, columns: Columns): string {
  const fold = (name: string) => (predicate.cased ? name : `arrayMap(t -> lower(t), ${name})`);
  const [texts, others] = [predicate.path, predicate.other].map((path) => fold(valuesSql(path, columns)));
  if (predicate.by === "equals") {
    return `hasAny(${texts}, ${others})`;
  }
  // The other field's values come from outside the inner function, where the engine repeats them for each text.
  return `arrayExists(t -> arrayExists(p -> p != '' AND ${relations[predicate.by]}, ${others}), ${texts})`;
}

const relations: Readonly<Record<Exclude<FieldRelation, "equals">, string>> = {
  "starts-with": "startsWith(t, p)",
  "ends-with": "endsWith(t, p)",
  contains: "position(t, p) > 0",
};

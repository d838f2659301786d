import type { FieldPath, Pattern } from "../../predicate/index.ts";
import type { QueryErrorCode } from "./errors.ts";

/** A piece of a query's text, from `start` up to and without `end`. */
export type Token = { readonly start: number; readonly end: number } & TokenBody;

export type TokenBody =
  | { readonly kind: "field"; readonly keys: FieldPath }
  | { readonly kind: "operator"; readonly text: Operator }
  | { readonly kind: "and" | "or" | "not" | "open" | "close" | "comma" | "to" }
  | { readonly kind: "value"; readonly pattern: Pattern; readonly isQuoted: boolean }
  | { readonly kind: "regex"; readonly source: string; readonly flags: string }
  | { readonly kind: "range-open" | "range-close"; readonly isIncluded: boolean }
  | { readonly kind: "bad"; readonly code: QueryErrorCode; readonly message: string };

export type Operator = ":" | "=" | "==" | "!=" | ">" | ">=" | "<" | "<=";

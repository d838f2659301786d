import type { FieldPath, Pattern } from "../../predicate/index.ts";

/** A query as read: the words a person used, before aliases are opened. */
export type Query =
  | { readonly kind: "all" }
  | { readonly kind: "and"; readonly of: readonly Query[] }
  | { readonly kind: "or"; readonly of: readonly Query[] }
  | { readonly kind: "not"; readonly of: Query }
  | { readonly kind: "text"; readonly pattern: Pattern }
  | { readonly kind: "condition"; readonly field: FieldName; readonly test: Comparison };

/** A field by CloudTrail's own path, or by a short name of ours that may stand for several. */
export type FieldName =
  | { readonly kind: "path"; readonly path: FieldPath }
  | { readonly kind: "alias"; readonly name: string };

export type Comparator = "<" | "<=" | ">" | ">=";

/** One comparison of a field. */
export type Comparison =
  | { readonly op: "is"; readonly pattern: Pattern; readonly cased: boolean }
  /** `field:*`: there is a value, neither `null` nor the empty text. */
  | { readonly op: "has-value" }
  | { readonly op: "exists" }
  | { readonly op: "null" }
  | { readonly op: "regex"; readonly source: string; readonly flags: string }
  | { readonly op: "compare"; readonly by: Comparator; readonly number: number }
  | { readonly op: "compare-time"; readonly by: Comparator; readonly at: number }
  | { readonly op: "cidr"; readonly range: string };

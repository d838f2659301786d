import type { FieldPath } from "../../predicate/index.ts";

export type FieldKind = "text" | "ip" | "time" | "boolean" | "number" | "object";

/** A field of the query language, for the parser, completion and the reference page. */
export interface QueryField {
  /** What people write; CloudTrail's own dotted path, or a short name of ours. */
  readonly name: string;
  /** The paths in the record that it stands for; empty for a field that is not available yet. */
  readonly paths: readonly FieldPath[];
  readonly summary: string;
  readonly example: string;
  /** Short names for it. */
  readonly aliases: readonly string[];
  readonly kind: FieldKind;
  /** Present when the field belongs to a later station; using it is a clear error. */
  readonly unavailable?: string;
}

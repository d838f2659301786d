import type { TextHashes } from "./sql/text-hash.ts";
import type { FieldPath } from "./tree.ts";

/**
 * What the SQL side of the predicate has to know of the table, stated here and provided by `store/`. A path that has
 * no column is read out of `raw`.
 */
export interface Columns {
  /** The column holding the record's exact JSON text. */
  readonly raw: string;
  /**
   * A column that is 1 where the typed columns do not tell the truth about the record (a path leads to or through an
   * array or object, a boolean stands as text, a time cannot be read, the engine's JSON parser refused the record), else
   * 0. Such records are settled on `raw`. Left out, the columns are trusted.
   */
  readonly doubtful?: string;
  /** The text of `wordsSql`, when an index of words stands on it. */
  readonly words?: string;
  /**
   * The text of `namesSql` over all columns that are `named`, when an index stands on it: it tells in which stretches of
   * the table a name stands nowhere.
   */
  readonly names?: string;
  columnFor(path: FieldPath): Column | undefined;
}

export type Column =
  /**
   * Text as it stands in the record; empty when the path is absent, `null`, or truly the empty string, so emptiness
   * proves nothing and has to be settled on `raw`. `folded` names the expression that a skip index covers for
   * case-insensitive look-ups (`lower(event_name)`). `hash` names a column of `textHashSql` of the text: what equality
   * asks, for numbers are read many times as fast as texts are.
   */
  | {
      readonly type: "text";
      readonly name: string;
      readonly folded?: string;
      readonly hash?: string;
      readonly named?: NamedColumn;
    }
  /** Every string the path leads to, as an Array(String), and the columns of their hashes. */
  | { readonly type: "texts"; readonly name: string; readonly hashes?: TextHashes }
  /** 1 true, 0 false, NULL absent. */
  | { readonly type: "boolean"; readonly name: string }
  /** DateTime64(3, 'UTC'); the epoch when the record has none. */
  | { readonly type: "time"; readonly name: string };

/** What an index of names has of a column: its text, or also the part of it behind the last slash. */
export type NamedColumn = "text" | "text-and-end";

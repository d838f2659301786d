/**
 * One tree of conditions on a record. The query language and (later) Sigma rules are read into it; it is printed as
 * ClickHouse SQL and as a JavaScript function, and the two must agree on every record.
 */
export type Predicate =
  | { readonly kind: "all" }
  | { readonly kind: "none" }
  | { readonly kind: "and"; readonly of: readonly Predicate[] }
  | { readonly kind: "or"; readonly of: readonly Predicate[] }
  | { readonly kind: "not"; readonly of: Predicate }
  /**
   * Somewhere in the record's JSON text, keys included, as typed or as a JSON writer escapes it; letters match in either
   * case.
   */
  | { readonly kind: "text"; readonly pattern: Pattern }
  /**
   * Words in the record's JSON text, whole at both ends; ASCII letters match in either case. Without a wildcard they
   * stand there as written (as `text` has it); a wildcard opens the word it stands at, and then anything but words may
   * stand between words. The ids of event and request are not among the words.
   */
  | { readonly kind: "words"; readonly pattern: Pattern }
  /** Some value that the path leads to passes the test; arrays on the way are walked, any element counts. */
  | { readonly kind: "field"; readonly path: FieldPath; readonly test: Test }
  /**
   * Some string, number or boolean that `path` leads to stands so to one that `other` leads to. An empty text begins,
   * ends and is contained in nothing. Unless `cased`, A to Z match in either case, and no other letters do.
   */
  | {
      readonly kind: "fields";
      readonly path: FieldPath;
      readonly by: FieldRelation;
      readonly other: FieldPath;
      readonly cased: boolean;
    };

/** How a value stands to one of another field. */
export type FieldRelation = "equals" | "starts-with" | "ends-with" | "contains";

/**
 * Keys from the record's top, in CloudTrail's own spelling: `["userIdentity", "arn"]`.
 * `*` stands for any one key, `**` for any number of keys (none too).
 */
export type FieldPath = readonly string[];

/**
 * A scalar is compared by its text: a string's characters, `true` or `false`, a number as JavaScript prints it, so that
 * `1.50` and `1.5` are one. `null` has no text. An object or array that the path ends on is compared by its JSON text
 * without white space, and searched in it with `\"` read as `"` too (an array also by each of its elements, arrays in
 * arrays as deep as `arrayDepthMax`). A lone surrogate counts as U+FFFD.
 *
 * Case: A to Z match in either case; other letters by their single-character upper and lower forms.
 *
 * Of a key that stands twice in one object, which CloudTrail does not write, JavaScript reads the last value and the
 * engine the first; the two readings may differ on such a record, and only there.
 */
export type Test =
  /** The path leads to a value, `null` included. */
  | { readonly op: "exists" }
  | { readonly op: "null" }
  /** Whole value is one of these. */
  | { readonly op: "equals"; readonly values: readonly string[]; readonly cased: boolean }
  /** Whole value fits the pattern. */
  | { readonly op: "like"; readonly pattern: Pattern; readonly cased: boolean }
  /** RE2 subset: no look-around, no back-references. Unanchored; `i`, `m`, `s` flags. */
  | { readonly op: "regex"; readonly source: string; readonly flags: string }
  /** Numbers by value; a value that is no number never passes. */
  | { readonly op: "compare"; readonly by: "<" | "<=" | ">" | ">="; readonly number: number }
  /** Instants (ISO 8601 text in the record); milliseconds since the epoch. */
  | { readonly op: "compare-time"; readonly by: "<" | "<=" | ">" | ">="; readonly at: number }
  /** A part of an instant in UTC; `week` is that of ISO 8601, 1 to 53. */
  | {
      readonly op: "time-part";
      readonly part: TimePart;
      readonly by: "=" | "<" | "<=" | ">" | ">=";
      readonly number: number;
    }
  /** An IPv4 or IPv6 address inside the range; a service name never passes. */
  | { readonly op: "cidr"; readonly range: string };

export type TimePart = "minute" | "hour" | "day" | "week" | "month" | "year";

/** Literal text between wildcards: `*` any run of characters (none too), `?` exactly one character. */
export type Pattern = readonly PatternPart[];
export type PatternPart = { readonly text: string } | "*" | "?";

// In:    a tree of conditions on a record (from the query language, later from Sigma rules), the table's columns.
// Out:   the same condition as a JavaScript function, as ClickHouse SQL, as an English sentence.
// Never: files, network, an engine's package, anything of Node's; the console loads this too.
export type { FieldPath, FieldRelation, Pattern, PatternPart, Predicate, Test, TimePart } from "./tree.ts";
export type { Column, Columns, NamedColumn } from "./columns.ts";
export { PredicateError, type PredicateErrorCode } from "./errors.ts";
export { hasWords, wordsSql } from "./words.ts";
export { checkPredicate } from "./check.ts";
export { compileMatcher, type Matcher, matcherCompiler } from "./match.ts";
export { compileSql } from "./sql.ts";
export { quoteText } from "./sql/quote.ts";
export { namesSql } from "./sql/names-hint.ts";
export { allHashesSql, hashAtSql, otherHashesSql, textHashSql, type TextHashes } from "./sql/text-hash.ts";
export { valuesSql } from "./sql/values.ts";
export { compilePattern, literalOf, literalsOf, tidyPattern } from "./pattern.ts";
export { readNumber } from "./number-text.ts";
export { readInstant } from "./instant.ts";
export { readAddress, readRange, type AddressRange } from "./address.ts";
export { readRegex, type RegexReading } from "./regex/read.ts";
export { describe, type DescribeOptions } from "./describe.ts";
export { fieldsOf, foldText, neededValues, timeBounds, type TimeBounds } from "./needs.ts";
export { textsAt } from "./match-fields.ts";

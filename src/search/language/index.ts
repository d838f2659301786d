// In:    the text of a query, the instant that `now` means.
// Out:   the conditions it stands for, or what is wrong and where; English, canonical text, completions, colours, edits.
// Never: files, network, Node's own modules, the store; the console loads this too.
export { parseQuery, type ParsedQuery, type ParseOptions } from "./parse.ts";
export type { QueryError, QueryErrorCode } from "./errors.ts";
export type { Comparator, Comparison, FieldName, Query } from "./query.ts";
export { queryFields } from "./fields.ts";
export type { FieldKind, QueryField } from "./field.ts";
export { fieldPathOf } from "./field-path.ts";

// In:    the text of a query, the instant that `now` means.
// Out:   the conditions it stands for, or what is wrong and where; English, canonical text, completions, colours, edits.
// Never: files, network, Node's own modules, the store; the console loads this too.
export { parseQuery, type ParsedQuery, type ParseOptions } from "./parse.ts";
export type { QueryError, QueryErrorCode } from "./errors.ts";
export type { Comparator, Comparison, FieldName, Query } from "./query.ts";
export { queryFields } from "./fields.ts";
export type { FieldKind, QueryField } from "./field.ts";
export { fieldPathOf } from "./field-path.ts";
export { readInstantWord, readTime, type Stretch } from "./times.ts";
export { explainQuery } from "./explain.ts";
export { printPath, printQuery } from "./print.ts";
export { queryOf } from "./query-of.ts";
export { quoteValue } from "./quote-value.ts";
export { completeQuery, valueOption, type Completion, type CompletionOption } from "./complete.ts";
export { highlightQuery, type Span, type SpanKind } from "./highlight.ts";
export { clausesOf, type Clause } from "./clauses.ts";
export { addFilter, filterState, removeFilter, type FilterState } from "./edit.ts";

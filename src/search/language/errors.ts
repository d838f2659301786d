/** What can be wrong with a query. */
export type QueryErrorCode =
  | "address-not-valid"
  | "field-not-available"
  | "field-unknown"
  | "not-comparable"
  | "operator-misplaced"
  | "parenthesis-unmatched"
  | "quote-unmatched"
  | "range-not-valid"
  | "regex-not-supported"
  | "too-deep"
  | "too-long"
  | "too-many-terms"
  | "value-missing";

/** What is wrong with a query and where: offsets into its text, the end not included. */
export interface QueryError {
  readonly code: QueryErrorCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** A text that could stand in place of `start` to `end`. */
  readonly suggestion?: string;
}

/** Carries a `QueryError` up through the parser; `parseQuery` turns it into a value. */
export class QueryFault extends Error {
  readonly fault: QueryError;

  constructor(fault: QueryError) {
    super(fault.message);
    this.fault = fault;
  }
}

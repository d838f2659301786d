import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type SearchErrorCode = "query-invalid" | "range-invalid" | "cursor-invalid" | "field-unknown" | "event-unknown";

export class SearchError extends TrailwardenError<SearchErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<SearchErrorCode>) {
    super(message, options);
    this.name = "SearchError";
  }
}

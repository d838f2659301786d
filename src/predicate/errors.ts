import { TrailwardenError } from "../base/errors.ts";

/** What can be wrong with a tree of conditions. */
export type PredicateErrorCode = "regex-not-supported" | "range-not-valid" | "predicate-too-large";

/** A tree of conditions that cannot be compiled; thrown before any record is looked at. */
export class PredicateError extends TrailwardenError<PredicateErrorCode> {}

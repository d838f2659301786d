import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type StoreErrorCode =
  | "store-in-use"
  | "store-unavailable"
  | "store-query-failed"
  | "store-query-cancelled"
  | "store-query-too-long"
  | "store-query-too-large"
  | "store-write-failed"
  | "store-newer";

export class StoreError extends TrailwardenError<StoreErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<StoreErrorCode>) {
    super(message, options);
    this.name = "StoreError";
  }
}

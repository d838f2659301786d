import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type CollectErrorCode = "import-path-missing" | "import-reader-failed";

export class CollectError extends TrailwardenError<CollectErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<CollectErrorCode>) {
    super(message, options);
    this.name = "CollectError";
  }
}

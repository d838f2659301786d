import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type CollectErrorCode =
  | "import-path-missing"
  | "import-reader-failed"
  | "file-unread"
  | "source-unknown"
  | "source-kind-unknown"
  | "source-name-invalid"
  | "source-settings-invalid"
  | "source-built-in"
  | "source-no-push"
  | "push-refused"
  | "push-busy"
  | "push-unreadable"
  | "offer-not-possible"
  | "offer-refused"
  | "offer-changed"
  | "filter-unknown"
  | "filter-drops-all";

export class CollectError extends TrailwardenError<CollectErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<CollectErrorCode>) {
    super(message, options);
    this.name = "CollectError";
  }
}

import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type VerifyErrorCode =
  | "verify-place-empty"
  | "verify-place-unreadable"
  | "verify-no-keys"
  | "verify-keys-unreadable"
  | "verify-trail-unclear"
  | "verify-running"
  | "case-empty"
  | "case-too-large";

/** What stops a verification that a person asked for. */
export class VerifyError extends TrailwardenError<VerifyErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<VerifyErrorCode>) {
    super(message, options);
    this.name = "VerifyError";
  }
}

import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type RecorderErrorCode = "upstream-not-usable" | "identities-not-valid" | "recording-in-use" | "address-in-use";

export class RecorderError extends TrailwardenError<RecorderErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<RecorderErrorCode>) {
    super(message, options);
    this.name = "RecorderError";
  }
}

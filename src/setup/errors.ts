import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type SetupErrorCode =
  | "deployment-unknown"
  | "deployment-invalid"
  | "plan-changed"
  | "plan-obstacles"
  | "run-unknown"
  | "run-under-way"
  | "run-over"
  | "role-invalid"
  | "bucket-not-empty"
  | "setting-stays";

export class SetupError extends TrailwardenError<SetupErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<SetupErrorCode>) {
    super(message, options);
    this.name = "SetupError";
  }
}

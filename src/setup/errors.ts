import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type SetupErrorCode =
  | "deployment-unknown"
  | "deployment-invalid"
  | "plan-changed"
  | "plan-obstacles"
  | "run-unknown"
  | "run-under-way"
  | "role-invalid";

export class SetupError extends TrailwardenError<SetupErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<SetupErrorCode>) {
    super(message, options);
    this.name = "SetupError";
  }
}

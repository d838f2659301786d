import { AwsCallError } from "../aws/index.ts";
import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type SetupErrorCode =
  | "deployment-unknown"
  | "deployment-invalid"
  | "deployment-not-set-up"
  | "deployment-only-looks"
  | "drift-gone"
  | "aws-refused"
  | "way-not-whole"
  | "trail-unknown"
  | "plan-changed"
  | "plan-obstacles"
  | "prices-invalid"
  | "selectors-invalid"
  | "run-unknown"
  | "run-under-way"
  | "run-over"
  | "role-invalid"
  | "bucket-not-empty"
  | "setting-stays"
  | "account-other";

export class SetupError extends TrailwardenError<SetupErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<SetupErrorCode>) {
    super(message, options);
    this.name = "SetupError";
  }
}

/** Whether it is neither AWS's nor the asker's: whoever looks after this program is to hear of it. */
export function isOurFault(error: unknown): boolean {
  return !(error instanceof AwsCallError || (error instanceof TrailwardenError && error.fault !== "ours"));
}

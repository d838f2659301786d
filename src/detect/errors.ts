import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type DetectErrorCode =
  | "address-file-invalid"
  | "rule-unknown"
  | "threat-list-unknown"
  | "threat-list-invalid"
  | "rule-change-invalid"
  | "rule-name-invalid"
  | "rule-item-unknown"
  | "rule-package-invalid"
  | "rule-tuning-invalid"
  | "rule-search-invalid"
  | "rule-values-invalid";

export class DetectError extends TrailwardenError<DetectErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<DetectErrorCode>) {
    super(message, options);
    this.name = "DetectError";
  }
}

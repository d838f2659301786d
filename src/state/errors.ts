import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type StateErrorCode =
  | "state-unavailable"
  | "state-newer"
  | "source-exists"
  | "filter-exists"
  | "deployment-exists";

export class StateError extends TrailwardenError<StateErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<StateErrorCode>) {
    super(message, options);
    this.name = "StateError";
  }
}

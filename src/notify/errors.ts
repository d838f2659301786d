import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type NotifyErrorCode = "channel-invalid" | "channel-unknown" | "route-invalid" | "route-unknown";

export class NotifyError extends TrailwardenError<NotifyErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<NotifyErrorCode>) {
    super(message, options);
    this.name = "NotifyError";
  }
}

/** What people call a channel or a route. */
export const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const nameHelp = "Use up to 63 small letters, digits and dashes, beginning with a letter or digit";

import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type ServerErrorCode =
  | "address-in-use"
  | "console-missing"
  | "finding-unknown"
  | "host-refused"
  | "token-missing"
  | "import-running"
  | "incident-unknown"
  | "request-invalid"
  | "request-too-large"
  | "not-found"
  | "sandbox-failed"
  | "sandbox-missing"
  | "sandbox-refused"
  | "server-failed"
  | "state-elsewhere";

export class ServerError extends TrailwardenError<ServerErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<ServerErrorCode>) {
    super(message, options);
    this.name = "ServerError";
  }
}

import { TrailwardenError, type TrailwardenErrorOptions } from "../base/errors.ts";

export type CommandErrorCode =
  | "command-unknown"
  | "arguments-invalid"
  | "server-unreachable"
  | "server-refused"
  | "sandbox-running"
  | "sandbox-missing"
  | "sandbox-refused";

export class CommandError extends TrailwardenError<CommandErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<CommandErrorCode>) {
    super(message, options);
    this.name = "CommandError";
  }
}

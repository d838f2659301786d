/** Whose fault a failure is; decides exit code and HTTP status. */
export type Fault = "user" | "aws" | "data" | "ours";

export interface TrailwardenErrorOptions<Code extends string> {
  readonly code: Code;
  readonly fault: Fault;
  /** What the person can do now, as a sentence without full stop. */
  readonly help?: string;
  /** Facts a program may want: path, field, position, limit. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The one base class of everything thrown on purpose. Each station narrows `Code` to a closed union in its own
 * `errors.ts`, and each code has a paragraph in `docs/errors.md`.
 */
export class TrailwardenError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly fault: Fault;
  readonly help: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: TrailwardenErrorOptions<Code>) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "TrailwardenError";
    this.code = options.code;
    this.fault = options.fault;
    this.help = options.help;
    this.details = options.details ?? {};
  }
}

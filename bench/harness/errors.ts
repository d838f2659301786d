import { TrailwardenError, type TrailwardenErrorOptions } from "../../src/base/errors.ts";

export type BenchErrorCode =
  | "bench-arguments-invalid"
  | "bench-answer-wrong"
  | "bench-child-failed"
  | "bench-not-possible";

export class BenchError extends TrailwardenError<BenchErrorCode> {
  constructor(message: string, options: TrailwardenErrorOptions<BenchErrorCode>) {
    super(message, options);
    this.name = "BenchError";
  }
}

/** Stops the figure when the program's answer is not the truth: a wrong answer has no speed. */
export function mustBe(what: string, answer: unknown, truth: unknown): void {
  if (Object.is(answer, truth)) return;
  throw new BenchError(`${what} is ${String(answer)} and should be ${String(truth)}`, {
    code: "bench-answer-wrong",
    fault: "ours",
    details: { answer, truth },
  });
}

import { growingPauseMs } from "../../base/growing-pause.ts";
import { AwsCallError } from "../clients/client-error.ts";

const firstWaitMs = 100;
const firstWaitWhenThrottledMs = 500;
const waitMsMax = 10_000;

const throttled: ReadonlySet<string> = new Set([
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "RequestLimitExceeded",
]);
const passing: ReadonlySet<string> = new Set(["RequestTimeout", "InternalError", "ServiceUnavailable"]);
const network: ReadonlySet<string> = new Set([
  ...["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"],
  ...["ERR_STREAM_PREMATURE_CLOSE", "HPE_INVALID_CONSTANT"],
]);

/** How long to wait before the next attempt, somewhere up to twice as long each time; nothing where none is worth it. */
export function waitBeforeRetryMs(error: unknown, tries: number, random: () => number): number | undefined {
  const first = firstWaitOf(error);
  return first === undefined ? undefined : Math.ceil(random() * growingPauseMs({ first, most: waitMsMax }, tries));
}

function firstWaitOf(error: unknown): number | undefined {
  if (error instanceof AwsCallError) {
    if (throttled.has(error.code) || error.status === 429 || error.status === 503) return firstWaitWhenThrottledMs;
    return error.status >= 500 || passing.has(error.code) ? firstWaitMs : undefined;
  }
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" && network.has(code) ? firstWaitMs : undefined;
}

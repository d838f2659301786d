import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "@hono/zod-openapi";
import { TrailwardenError } from "../base/errors.ts";
import { ServerError } from "./errors.ts";

/** RFC 9457 problem details, with our code and the way out. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    help: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi("Problem");

export type Problem = z.infer<typeof problemSchema>;

const statuses: Readonly<Record<string, ContentfulStatusCode>> = {
  "event-unknown": 404,
  "not-found": 404,
  "host-refused": 403,
  "token-missing": 401,
  "request-too-large": 413,
  "import-running": 409,
  "source-unknown": 404,
  "source-exists": 409,
  "source-built-in": 409,
  "source-no-push": 409,
  "offer-changed": 409,
  "filter-unknown": 404,
  "deployment-unknown": 404,
  "deployment-exists": 409,
  "deployment-not-set-up": 409,
  "deployment-only-looks": 409,
  "drift-gone": 409,
  "plan-changed": 409,
  "plan-obstacles": 409,
  "run-unknown": 404,
  "trail-unknown": 404,
  "way-not-whole": 409,
  "run-under-way": 409,
  "run-over": 409,
  "filter-exists": 409,
  "finding-unknown": 404,
  "threat-list-unknown": 404,
  "incident-unknown": 404,
  "incident-change-refused": 409,
  "silence-unknown": 404,
  "rule-unknown": 404,
  "rule-item-unknown": 404,
  "channel-unknown": 404,
  "route-unknown": 404,
  "case-empty": 404,
  "verify-place-empty": 404,
  "verify-running": 409,
  "state-unavailable": 503,
  "sandbox-missing": 404,
  "sandbox-refused": 409,
  "store-in-use": 409,
  "store-unavailable": 503,
  "store-query-cancelled": 499 as ContentfulStatusCode,
};

/** Any failure as a problem; what is our fault keeps its inner words out of the answer. */
export function toProblem(error: unknown): Problem {
  if (error instanceof HTTPException && error.status < 500) return toProblem(requestInvalid(error));
  if (error instanceof TrailwardenError) {
    const status = statuses[error.code] ?? (error.fault === "user" ? 400 : error.fault === "aws" ? 502 : 500);
    return {
      type: `urn:trailwarden:error:${error.code}`,
      title: titleOf(error.code),
      status,
      detail: error.message,
      code: error.code,
      ...(error.help === undefined ? {} : { help: error.help }),
      ...(Object.keys(error.details).length === 0 ? {} : { details: { ...error.details } }),
    };
  }
  return {
    type: "about:blank",
    title: "Server failed",
    status: 500,
    detail: "Something went wrong that should not have; the server's log says what",
    code: "server-failed",
  };
}

/** The framework refuses by itself what is not even JSON. */
function requestInvalid(cause: HTTPException): ServerError {
  return new ServerError(`The request cannot be read: ${cause.message}`, {
    code: "request-invalid",
    fault: "user",
    help: "See /api/v1/openapi.json for what is expected",
    cause,
  });
}

export function sendProblem(context: Context, error: unknown): Response {
  const problem = toProblem(error);
  return context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    "content-type": "application/problem+json",
  });
}

function titleOf(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

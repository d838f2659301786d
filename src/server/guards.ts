import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ServerError } from "./errors.ts";
import { sendProblem } from "./problem.ts";

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join("; ");

/** An import may name a thousand paths of four thousand characters. */
const bodyBytesMax = 8 * 1024 * 1024;

export function securityHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.set("content-security-policy", policy);
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  };
}

/**
 * Answers only to its own names, so that a page elsewhere cannot read events by pointing its name at this machine, and
 * refuses what a browser says comes from another site.
 */
export function guardHost(hosts: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const host = new URL(context.req.url).hostname;
    const site = context.req.header("sec-fetch-site");
    const crossSite = site !== undefined && site !== "same-origin" && site !== "none";
    const isNavigation = context.req.header("sec-fetch-mode") === "navigate" && context.req.method === "GET";
    if (hosts.includes(host) && (!crossSite || isNavigation)) return next();
    return sendProblem(
      context,
      new ServerError(crossSite ? "Requests from another site are refused" : `This server does not answer to ${host}`, {
        code: "host-refused",
        fault: "user",
        help: "Open the address that the server printed when it started",
      }),
    );
  };
}

const pushPath = "/api/v1/collect/push/";

/**
 * Lets through who only reads, and whoever holds the token that lies in the data folder, readable by its owner alone.
 * What is posted to a source needs that source's own token, which the source asks for.
 */
export function guardChanges(token: string): MiddlewareHandler {
  const expected = Buffer.from(`Bearer ${token}`);
  return async (context, next) => {
    const { method, path } = context.req;
    if (method === "GET" || method === "HEAD" || path.startsWith(pushPath)) return next();
    const given = Buffer.from(context.req.header("authorization") ?? "");
    if (given.length === expected.length && timingSafeEqual(given, expected)) return next();
    return sendProblem(
      context,
      new ServerError(
        "What changes something, reads the server's disk or speaks to AWS needs the data folder's token",
        {
          code: "token-missing",
          fault: "user",
          help: "Use the trailwarden command as the user who runs the server, or the address with the token that the server printed",
        },
      ),
    );
  };
}

/** Refuses bodies that are larger than any request of the API; what is posted to a source is read as it comes instead. */
export function limitBody(): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: bodyBytesMax,
    onError: (context) =>
      sendProblem(
        context,
        new ServerError(`The request's body is larger than ${bodyBytesMax >> 20} MiB`, {
          code: "request-too-large",
          fault: "user",
          help: "Ask for less at once",
        }),
      ),
  });
  return async (context, next) => (context.req.path.startsWith(pushPath) ? next() : limit(context, next));
}

import { createRoute, z } from "@hono/zod-openapi";
import { readTimeRange } from "../../search/index.ts";
import type { Verification } from "../../verify/index.ts";
import { streamResponse } from "../ndjson.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, problemResponses } from "./schemas.ts";

/** More events than these are a copy of the store, and no case. */
export const caseEventsMax = 1_000_000;

const caseBody = z.object({
  query: z.string().max(10_000).default(""),
  from: z.string().max(100).optional(),
  to: z.string().max(100).optional(),
  title: z.string().max(300).default(""),
  note: z.string().max(10_000).default(""),
  by: z.string().max(200).default("").openapi({ description: "Who makes it" }),
  limit: z.number().int().min(1).max(caseEventsMax).default(10_000).openapi({ description: "More events are refused" }),
  lean: z.boolean().default(false).openapi({
    description: "Without log files that hold no event of the case, which the AWS CLI then does not find",
  }),
});

const cases = createRoute({
  method: "post",
  path: "/cases",
  summary: "Seal the events that answer a query, with all that proves them (needs the data folder's token)",
  request: jsonBody(caseBody),
  responses: { 200: { description: "application/gzip, a tar file" }, ...problemResponses },
});

/** `/api/v1/verify/cases` */
export function caseRoutes(verification: () => Promise<Pick<Verification, "exportCase">>, now: () => number) {
  return newRoutes().openapi(cases, async (context) => {
    const { from, to, limit, lean, ...asked } = context.req.valid("json");
    const range = readTimeRange({ from, to }, now());
    const ask = { ...asked, from: range.from, to: range.to, eventsMax: limit, isLean: lean };
    const { exportCase } = await verification();
    return onceBegun((signal) => exportCase(ask, signal), context.req.raw.signal, {
      "content-type": "application/gzip",
      "content-disposition": 'attachment; filename="trailwarden-case.tar.gz"',
    });
  });
}

/** Begun only when the first bytes are there: what fails before is thrown, so that it gets a status of its own. */
async function onceBegun(
  produce: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  whoAsks: AbortSignal,
  headers: Record<string, string>,
): Promise<Response> {
  const stop = new AbortController();
  const chunks = produce(AbortSignal.any([stop.signal, whoAsks]))[Symbol.asyncIterator]();
  const first = await chunks.next();
  return streamResponse(async function* (signal) {
    signal.addEventListener("abort", () => stop.abort(signal.reason), { once: true });
    try {
      for (let next = first; next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      stop.abort();
      await chunks.return?.();
    }
  }, headers);
}

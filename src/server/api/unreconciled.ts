import { createRoute, z } from "@hono/zod-openapi";
import { readTimeRange } from "../../search/index.ts";
import type { EventStore } from "../../store/index.ts";
import { isoOf } from "./instants.ts";
import { newRoutes } from "./routes.ts";
import { jsonContent, problemResponses } from "./schemas.ts";

const hourSchema = z
  .object({
    account: z.string(),
    region: z.string(),
    hour: z.string().openapi({ description: "Start of the hour that the events happened in" }),
    events: z.number().int(),
  })
  .openapi("UnreconciledHour");
export type UnreconciledAnswer = z.infer<typeof hourSchema>;

const readUnreconciled = createRoute({
  method: "get",
  path: "/unreconciled",
  summary: "Events that EventBridge told of and that no log file has brought: evidence of a missing log file",
  request: {
    query: z.object({
      olderThan: z
        .string()
        .max(100)
        .default("now-1h")
        .openapi({ description: "Their log files should have come by now" }),
      limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
    }),
  },
  responses: {
    200: jsonContent("By account, region and hour", z.object({ hours: z.array(hourSchema) })),
    ...problemResponses,
  },
});

/** `/api/v1/collect/unreconciled` */
export function unreconciledRoutes(store: EventStore, now: () => number) {
  return newRoutes().openapi(readUnreconciled, async (context) => {
    const { olderThan: text, limit } = context.req.valid("query");
    const { from: olderThan = now() } = readTimeRange({ from: text }, now());
    const hours = await store.unreconciled({ olderThan, limit });
    return context.json({ hours: hours.map((one) => ({ ...one, hour: isoOf(one.hour) })) }, 200);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { readTimeRange } from "../../search/index.ts";
import type { EventStore } from "../../store/index.ts";
import { newRoutes } from "./routes.ts";
import { jsonContent, problemResponses } from "./schemas.ts";

const seconds = z.object({ p50: z.number(), p95: z.number(), max: z.number() });

const delaySchema = z
  .object({
    account: z.string(),
    region: z.string(),
    service: z.string().openapi({ example: "s3.amazonaws.com" }),
    events: z.number().int(),
    delivered: seconds.openapi({ description: "Seconds until the log file was delivered, by the minute in its name" }),
    searchable: seconds.openapi({ description: "Seconds until the event could be searched" }),
  })
  .openapi("DeliveryDelay");
export type DelayAnswer = z.infer<typeof delaySchema>;

const readDelays = createRoute({
  method: "get",
  path: "/delays",
  summary: "How long the events of each account, region and service took, the slowest first",
  request: {
    query: z.object({
      from: z.string().max(100).default("now-1d").openapi({ description: "Earliest time of events" }),
      to: z.string().max(100).optional().openapi({ description: "Time before which to stop" }),
      limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
    }),
  },
  responses: {
    200: jsonContent("Delays", z.object({ delays: z.array(delaySchema) })),
    ...problemResponses,
  },
});

/** `/api/v1/collect/delays` */
export function delayRoutes(store: EventStore, now: () => number) {
  return newRoutes().openapi(readDelays, async (context) => {
    const { limit, ...range } = context.req.valid("query");
    const { from = 0, to = now() + 86_400_000 } = readTimeRange(range, now());
    const delays = await store.deliveryDelays({ from, to, limit });
    return context.json({ delays: delays.map((delay) => ({ ...delay })) }, 200);
  });
}

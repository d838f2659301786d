import { createRoute, z } from "@hono/zod-openapi";
import type { EventStore } from "../../store/index.ts";
import { printLogFile } from "./events.ts";
import { isoOf } from "./instants.ts";
import { newRoutes } from "./routes.ts";
import { jsonContent, logFileSchema, problemResponses, storeAnswerSchema } from "./schemas.ts";

const stats = createRoute({
  method: "get",
  path: "/stats",
  summary: "How much is stored, of what time, of which accounts",
  responses: {
    200: jsonContent("Figures", storeAnswerSchema),
    ...problemResponses,
  },
});

const logFiles = createRoute({
  method: "get",
  path: "/log-files",
  summary: "The log files that were read last",
  request: { query: z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(50) }) },
  responses: { 200: jsonContent("Log files", z.object({ logFiles: z.array(logFileSchema) })), ...problemResponses },
});

/** `/api/v1/store/…` */
export function storeRoutes(store: EventStore) {
  return newRoutes()
    .openapi(stats, async (context) => {
      const { firstEventAt, lastEventAt, accounts, ...figures } = await store.statistics();
      return context.json(
        {
          ...figures,
          firstEventAt: isoOf(firstEventAt),
          lastEventAt: isoOf(lastEventAt),
          accounts: accounts.map((account) => ({ ...account })),
        },
        200,
      );
    })
    .openapi(logFiles, async (context) => {
      const found = await store.logFiles(context.req.valid("query").limit);
      return context.json({ logFiles: found.map(printLogFile) }, 200);
    });
}

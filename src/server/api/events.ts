import { createRoute, z } from "@hono/zod-openapi";
import type { LogFileDetails } from "../../store/index.ts";
import type { Search } from "../../search/index.ts";
import { isoOf } from "./instants.ts";
import { newRoutes } from "./routes.ts";
import { printVerdict } from "./print-verify.ts";
import { eventAnswerSchema, jsonContent, type logFileSchema, problemResponses } from "./schemas.ts";
import type { FindVerdicts } from "./verdicts.ts";

const event = createRoute({
  method: "get",
  path: "/{id}",
  summary: "One event, whole",
  request: {
    params: z.object({ id: z.string().min(1).max(1_000) }),
    query: z.object({ account: z.string().max(100).optional() }),
  },
  responses: {
    200: jsonContent("The event, its exact text and the log file that brought it", eventAnswerSchema),
    ...problemResponses,
  },
});

/** `/api/v1/events/…` */
export function eventRoutes(search: Search, findVerdicts: FindVerdicts) {
  return newRoutes().openapi(event, async (context) => {
    const { id } = context.req.valid("param");
    const [first, ...others] = await search.event(id, context.req.valid("query").account);
    if (first === undefined) throw new Error("An unknown event is refused before");
    const { logFile } = first;
    const verdict = logFile === null ? undefined : (await findVerdicts([logFile.id])).get(logFile.id);
    return context.json(
      {
        event: first.event,
        raw: first.raw,
        logFile:
          logFile === null
            ? null
            : { ...printLogFile(logFile), verdict: verdict === undefined ? null : printVerdict(verdict) },
        seenFirstIn: first.seenFirstIn,
        others: others.map((other) => ({ event: other.event, raw: other.raw })),
      },
      200,
    );
  });
}

export function printLogFile(file: LogFileDetails): z.infer<typeof logFileSchema> {
  const { deliveredAt, readAt, ...rest } = file;
  return {
    ...rest,
    deliveredAt: isoOf(deliveredAt),
    readAt: isoOf(readAt),
  };
}

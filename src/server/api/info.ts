import { createRoute, z } from "@hono/zod-openapi";
import { newRoutes } from "./routes.ts";
import { jsonContent, problemResponses } from "./schemas.ts";

export interface Info {
  readonly version: string;
  /** Set when the events were made up by Trailwarden itself. */
  readonly madeUpNote: string | undefined;
  readonly now: number;
}

const info = createRoute({
  method: "get",
  path: "/",
  summary: "Which program this is, and whether its events are made up",
  responses: {
    200: jsonContent(
      "About this server",
      z.object({ version: z.string(), madeUp: z.boolean(), madeUpNote: z.string().optional(), now: z.string() }),
    ),
    ...problemResponses,
  },
});

/** `/api/v1/info` */
export function infoRoutes(readInfo: () => Promise<Info>) {
  return newRoutes().openapi(info, async (context) => {
    const { version, madeUpNote, now } = await readInfo();
    return context.json(
      {
        version,
        madeUp: madeUpNote !== undefined,
        ...(madeUpNote === undefined ? {} : { madeUpNote }),
        now: new Date(now).toISOString(),
      },
      200,
    );
  });
}

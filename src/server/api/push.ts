import { createRoute } from "@hono/zod-openapi";
import type { Collector } from "../../collect/index.ts";
import { nameInPath } from "./collect-schemas.ts";
import { newRoutes } from "./routes.ts";
import { problemResponses } from "./schemas.ts";

const push = createRoute({
  method: "post",
  path: "/push/{name}",
  summary: "Post records to a source of the kind push (needs that source's own token); answered when they are stored",
  request: { params: nameInPath },
  responses: {
    200: { description: "What became of them; a sender's own form is answered in its own form" },
    ...problemResponses,
  },
});

/** `/api/v1/collect/push/{name}` */
export function pushRoutes(collector: Collector) {
  return newRoutes().openapi(push, async (context) => {
    const { headers, body } = context.req.raw;
    const answer = await collector.push(context.req.valid("param").name, {
      headers: Object.fromEntries(headers),
      body: body ?? nothing(),
    });
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { "content-type": "application/json", ...answer.headers },
    });
  });
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // A post without a body.
}

import { createRoute, z } from "@hono/zod-openapi";
import type { Collector } from "../../collect/index.ts";
import { nameInPath, setAsideSchema } from "./collect-schemas.ts";
import { printSetAside } from "./print-collect.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, nextOf, pageQuery, problemResponses } from "./schemas.ts";

const ids = z.array(z.string().min(1).max(1_000)).min(1).max(1_000);

const readSetAside = createRoute({
  method: "get",
  path: "/sources/{name}/set-aside",
  summary: "Messages of a source that could not be understood or used, whole, with the reason",
  request: { params: nameInPath, query: pageQuery },
  responses: {
    200: jsonContent("One page", z.object({ messages: z.array(setAsideSchema), next: z.string().nullable() })),
    ...problemResponses,
  },
});

const sendAgain = createRoute({
  method: "post",
  path: "/sources/{name}/set-aside/send-again",
  summary: "Hand messages to their source once more (needs the data folder's token)",
  request: {
    params: nameInPath,
    ...jsonBody(z.strictObject({ ids: ids.optional().openapi({ description: "All of them when absent" }) })),
  },
  responses: {
    200: jsonContent(
      "How many are done with, and what still stands in the way of the others",
      z.object({ done: z.number().int(), left: z.array(z.object({ id: z.string(), reason: z.string() })) }),
    ),
    ...problemResponses,
  },
});

const drop = createRoute({
  method: "post",
  path: "/sources/{name}/set-aside/drop",
  summary: "Drop messages for good (needs the data folder's token)",
  request: { params: nameInPath, ...jsonBody(z.strictObject({ ids })) },
  responses: { 204: { description: "They are gone" }, ...problemResponses },
});

/** `/api/v1/collect/sources/{name}/set-aside` */
export function setAsideRoutes(collector: Collector) {
  return newRoutes()
    .openapi(readSetAside, async (context) => {
      const { limit, after } = context.req.valid("query");
      const page = { limit, ...(after === undefined ? {} : { after }) };
      const messages = await collector.aside(context.req.valid("param").name, page);
      return context.json(
        { messages: messages.map(printSetAside), next: nextOf(messages, limit, ({ id }) => id) },
        200,
      );
    })
    .openapi(sendAgain, async (context) => {
      const { done, left } = await collector.sendAgain(context.req.valid("param").name, context.req.valid("json").ids);
      return context.json({ done, left: left.map((one) => ({ ...one })) }, 200);
    })
    .openapi(drop, async (context) => {
      await collector.dropAside(context.req.valid("param").name, context.req.valid("json").ids);
      return context.body(null, 204);
    });
}

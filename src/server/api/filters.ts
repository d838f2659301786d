import { createRoute, z } from "@hono/zod-openapi";
import type { Collector } from "../../collect/index.ts";
import { filterSchema, nameInPath } from "./collect-schemas.ts";
import { printFilter } from "./print-collect.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const readFilters = createRoute({
  method: "get",
  path: "/filters",
  summary: "Conditions that drop events before they are stored, and how many each has dropped",
  responses: { 200: jsonContent("Filters", z.object({ filters: z.array(filterSchema) })), ...problemResponses },
});

const addFilter = createRoute({
  method: "post",
  path: "/filters",
  summary: "Drop events that answer a query from now on (needs the data folder's token)",
  request: jsonBody(
    z.strictObject({
      name: z.string().max(100).openapi({ description: "Small letters, digits and dashes, at most 63" }),
      query: z.string().min(1).max(10_000).openapi({ description: "In the query language" }),
    }),
  ),
  responses: { 201: jsonContent("The filter", filterSchema), ...problemResponses },
});

const removeFilter = createRoute({
  method: "delete",
  path: "/filters/{name}",
  summary: "Remove a filter; what it dropped does not come back (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

/** `/api/v1/collect/filters` */
export function filterRoutes(collector: Collector) {
  return newRoutes()
    .openapi(readFilters, async (context) =>
      context.json({ filters: (await collector.filters()).map(printFilter) }, 200),
    )
    .openapi(addFilter, async (context) =>
      context.json(printFilter(await collector.addFilter(context.req.valid("json"))), 201),
    )
    .openapi(removeFilter, async (context) => {
      await collector.removeFilter(context.req.valid("param").name);
      return context.body(null, 204);
    });
}

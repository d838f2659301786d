import { createRoute, z } from "@hono/zod-openapi";
import type { RuleBook } from "../../detect/index.ts";
import { readTimeRange } from "../../search/index.ts";
import { printSearch, printTuning } from "./print-rules.ts";
import { newRoutes } from "./routes.ts";
import {
  itemInPath,
  savedSearchSchema,
  searchBody,
  tuningBody,
  tuningSchema,
  valueListSchema,
  valuesBody,
} from "./rule-schemas.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const listTunings = createRoute({
  method: "get",
  path: "/tunings",
  summary: "Queries whose events rules leave out, and why",
  responses: { 200: jsonContent("Tunings", z.object({ tunings: z.array(tuningSchema) })), ...problemResponses },
});

const putTuning = createRoute({
  method: "put",
  path: "/tunings/{name}",
  summary: "Let rules leave out the events that fit a query (needs the data folder's token)",
  request: { params: itemInPath, ...jsonBody(tuningBody) },
  responses: { 200: jsonContent("The tuning", z.object({ tuning: tuningSchema })), ...problemResponses },
});

const removeTuning = createRoute({
  method: "delete",
  path: "/tunings/{name}",
  summary: "Remove a tuning (needs the data folder's token)",
  request: { params: itemInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

const listSearches = createRoute({
  method: "get",
  path: "/searches",
  summary: "Searches that were saved as rules",
  responses: { 200: jsonContent("Searches", z.object({ searches: z.array(savedSearchSchema) })), ...problemResponses },
});

const putSearch = createRoute({
  method: "put",
  path: "/searches/{name}",
  summary: "Save a search as a rule: so many of its events within a time (needs the data folder's token)",
  request: { params: itemInPath, ...jsonBody(searchBody) },
  responses: { 200: jsonContent("The search", z.object({ search: savedSearchSchema })), ...problemResponses },
});

const removeSearch = createRoute({
  method: "delete",
  path: "/searches/{name}",
  summary: "Remove a saved search (needs the data folder's token)",
  request: { params: itemInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

const readValues = createRoute({
  method: "get",
  path: "/values",
  summary: "Lists of values that stand for the placeholders of rules",
  responses: { 200: jsonContent("Lists", z.object({ values: z.array(valueListSchema) })), ...problemResponses },
});

const putValues = createRoute({
  method: "put",
  path: "/values/{name}",
  summary: "Keep a list of values; an empty one removes it (needs the data folder's token)",
  request: { params: itemInPath, ...jsonBody(valuesBody) },
  responses: { 204: { description: "It is kept" }, ...problemResponses },
});

/** `/api/v1/detect/tunings`, `/searches` and `/values` */
export function ruleItemRoutes(open: () => Promise<RuleBook>, now: () => number) {
  return newRoutes()
    .openapi(listTunings, async (context) =>
      context.json({ tunings: (await (await open()).tunings()).map(printTuning) }, 200),
    )
    .openapi(putTuning, async (context) => {
      const { name } = context.req.valid("param");
      const { until, ...rest } = context.req.valid("json");
      const ends = until === undefined || until === null ? undefined : readTimeRange({ from: until }, now()).from;
      const tuning = await (await open()).tune({ name, ...rest, until: ends });
      return context.json({ tuning: printTuning(tuning) }, 200);
    })
    .openapi(removeTuning, async (context) => {
      await (await open()).removeTuning(context.req.valid("param").name);
      return context.body(null, 204);
    })
    .openapi(listSearches, async (context) =>
      context.json({ searches: (await (await open()).searches()).map(printSearch) }, 200),
    )
    .openapi(putSearch, async (context) => {
      const { name } = context.req.valid("param");
      const search = await (await open()).putSearch({ name, ...context.req.valid("json") });
      return context.json({ search: printSearch(search) }, 200);
    })
    .openapi(removeSearch, async (context) => {
      await (await open()).removeSearch(context.req.valid("param").name);
      return context.body(null, 204);
    })
    .openapi(readValues, async (context) => {
      const values = [...(await (await open()).values())].map(([name, of]) => ({ name, values: of }));
      return context.json({ values }, 200);
    })
    .openapi(putValues, async (context) => {
      await (await open()).putValues(context.req.valid("param").name, context.req.valid("json").values);
      return context.body(null, 204);
    });
}

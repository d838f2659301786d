import { createRoute, z } from "@hono/zod-openapi";
import type { HistogramPart, Search } from "../../search/index.ts";
import { ndjsonResponse, streamResponse } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { exportFormats, exportRecords } from "./export.ts";
import { newRoutes } from "./routes.ts";
import { eventRowSchema, fieldList, jsonContent, problemResponses, questionSchema } from "./schemas.ts";
import { verdictKindSchema } from "./verify-schemas.ts";
import type { FindVerdicts } from "./verdicts.ts";

const events = createRoute({
  method: "get",
  path: "/events",
  summary: "Events that answer a query, a page at a time",
  request: {
    query: questionSchema.extend({
      limit: z.coerce.number().int().min(1).max(1_000).default(50),
      order: z.enum(["newest", "oldest"]).default("newest"),
      cursor: z.string().max(200).optional(),
      fields: fieldList,
    }),
  },
  responses: {
    200: jsonContent(
      "One page",
      z.object({
        events: z.array(eventRowSchema).readonly(),
        cursor: z.string().nullable().openapi({ description: "Where to ask on; null when there is no more" }),
        searchedTo: z.string().nullable().openapi({
          description: "Set when the page is not full: how far was looked in the time that a page may take",
        }),
        range: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
        verdicts: z.record(z.string(), verdictKindSchema).openapi({
          description: "Of the events' log files, by id; one that was not judged yet is not there",
        }),
      }),
    ),
    ...problemResponses,
  },
});

const histogram = createRoute({
  method: "get",
  path: "/histogram",
  summary: "Events over time, newest first, with progress",
  request: { query: questionSchema.extend({ buckets: z.coerce.number().int().min(1).max(2_000).default(120) }) },
  responses: {
    200: { description: "application/x-ndjson, one value a line: range, buckets …, done (or failed)" },
    ...problemResponses,
  },
});

const facets = createRoute({
  method: "get",
  path: "/facets",
  summary: "The most frequent values of fields among the events that answer a query",
  request: {
    query: questionSchema.extend({
      fields: fieldList,
      limit: z.coerce.number().int().min(1).max(1_000).default(10),
      contains: z.string().max(200).optional(),
    }),
  },
  responses: {
    200: jsonContent(
      "Values with counts",
      z.object({
        facets: z.array(
          z.object({
            field: z.string(),
            values: z.array(z.object({ value: z.string(), count: z.number() })).readonly(),
            more: z.boolean(),
          }),
        ),
      }),
    ),
    ...problemResponses,
  },
});

const explain = createRoute({
  method: "get",
  path: "/explain",
  summary: "What a query means, in English and in SQL, or where it is wrong",
  request: { query: questionSchema },
  responses: {
    200: jsonContent(
      "The meaning, or the mistake",
      z.union([
        z.object({ ok: z.literal(true), english: z.string(), sql: z.string() }),
        z.object({
          ok: z.literal(false),
          error: z.object({
            message: z.string(),
            start: z.number(),
            end: z.number(),
            suggestion: z.string().optional(),
          }),
        }),
      ]),
    ),
    ...problemResponses,
  },
});

const exported = createRoute({
  method: "get",
  path: "/export",
  summary: "All events that answer a query, as a download",
  request: {
    query: questionSchema.extend({
      format: z.enum(exportFormats).default("ndjson"),
      order: z.enum(["newest", "oldest"]).default("newest"),
      limit: z.coerce.number().int().min(1).optional(),
      fields: fieldList,
    }),
  },
  responses: {
    200: { description: "ndjson and json hold the records exactly as they came" },
    ...problemResponses,
  },
});

export type HistogramMessage = HistogramPart | { readonly kind: "failed"; readonly problem: Problem };

/** `/api/v1/search/…` */
export function searchRoutes(search: Search, findVerdicts: FindVerdicts) {
  return newRoutes()
    .openapi(events, async (context) => {
      const page = await search.page(questionOf(context.req.valid("query")), context.req.raw.signal);
      const found = await findVerdicts(page.events.map(({ logFile }) => logFile));
      const verdicts = Object.fromEntries([...found].map(([logFile, { verdict }]) => [logFile, verdict.kind]));
      return context.json({ ...page, verdicts }, 200);
    })
    .openapi(histogram, (context) => {
      const question = questionOf(context.req.valid("query"));
      search.check(question); // before the first byte, so that a mistake gets a status of its own
      return ndjsonResponse<HistogramMessage>(
        (signal) => search.histogram(question, signal),
        (error) => ({ kind: "failed", problem: toProblem(error) }),
      );
    })
    .openapi(facets, async (context) =>
      context.json(
        { facets: await search.facets(questionOf(context.req.valid("query")), context.req.raw.signal) },
        200,
      ),
    )
    .openapi(explain, (context) => context.json(search.explain(questionOf(context.req.valid("query"))), 200))
    .openapi(exported, (context) => {
      const { format, fields, ...question } = questionOf(context.req.valid("query"));
      search.check(question); // before the first byte, so that a mistake gets a status of its own
      const { contentType, fileName } = exportHeaders(format);
      return streamResponse((signal) => exportRecords(search.records(question, signal), format, fields), {
        "content-type": contentType,
        "content-disposition": `attachment; filename="${fileName}"`,
      });
    });
}

/** A parameter is named for one of what it lists. */
function questionOf<Query extends { readonly verdict: readonly string[] | undefined }>({ verdict, ...query }: Query) {
  return { ...query, verdicts: verdict };
}

function exportHeaders(format: (typeof exportFormats)[number]): { contentType: string; fileName: string } {
  switch (format) {
    case "ndjson":
      return { contentType: "application/x-ndjson", fileName: "events.ndjson" };
    case "json":
      return { contentType: "application/json", fileName: "events.json" };
    case "csv":
      return { contentType: "text/csv; charset=utf-8", fileName: "events.csv" };
  }
}

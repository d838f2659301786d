import { createRoute, z } from "@hono/zod-openapi";
import type { Collector, Finding, TestStep } from "../../collect/index.ts";
import { ndjsonOnceBegun } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { kindSchema, nameInPath, sourceSchema } from "./collect-schemas.ts";
import { printKind, printSource, printStep } from "./print-collect.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const settings = z.record(z.string().max(100), z.unknown()).openapi({ description: "As the kind's JSON Schema says" });
const secrets = z
  .record(z.string().max(100), z.string().max(10_000))
  .optional()
  .openapi({ description: "By name; they are never shown again" });
const type = z.string().max(100).openapi({ description: "Kind of source" });

const readKinds = createRoute({
  method: "get",
  path: "/kinds",
  summary: "Kinds of sources, with the settings that each takes and the rights that it needs",
  responses: { 200: jsonContent("Kinds", z.object({ kinds: z.array(kindSchema) })), ...problemResponses },
});

const readSources = createRoute({
  method: "get",
  path: "/sources",
  summary: "All sources of log files, and how each is",
  responses: { 200: jsonContent("Sources", z.object({ sources: z.array(sourceSchema) })), ...problemResponses },
});

const addSource = createRoute({
  method: "post",
  path: "/sources",
  summary: "Add a source, which begins to collect at once (needs the data folder's token)",
  request: jsonBody(
    z.strictObject({
      name: z.string().max(100).openapi({ description: "Small letters, digits and dashes, at most 63" }),
      type,
      settings,
      secrets,
    }),
  ),
  responses: {
    201: jsonContent(
      "The source, and what is told this one time, such as the token of a source that is posted to",
      z.object({ source: sourceSchema, shown: z.record(z.string(), z.string()) }),
    ),
    ...problemResponses,
  },
});

const readSource = createRoute({
  method: "get",
  path: "/sources/{name}",
  summary: "One source",
  request: { params: nameInPath },
  responses: { 200: jsonContent("The source", sourceSchema), ...problemResponses },
});

const removeSource = createRoute({
  method: "delete",
  path: "/sources/{name}",
  summary: "Remove a source; its events and its ledger stay (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

const pauseSource = createRoute({
  method: "post",
  path: "/sources/{name}/pause",
  summary: "Let a source rest; nothing is lost, it goes on where it stopped (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 200: jsonContent("The source", sourceSchema), ...problemResponses },
});

const resumeSource = createRoute({
  method: "post",
  path: "/sources/{name}/resume",
  summary: "Let a paused source go on (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 200: jsonContent("The source", sourceSchema), ...problemResponses },
});

const testSource = createRoute({
  method: "post",
  path: "/sources/{name}/test",
  summary: "Look at a source, make a harmless call, and time its way into search (needs the data folder's token)",
  request: {
    params: nameInPath,
    ...jsonBody(
      z.strictObject({
        waitSeconds: z.number().int().min(1).max(3_600).default(900).openapi({ description: "For the call's event" }),
        mayCall: z.boolean().default(true).openapi({ description: "Whether the harmless call may be made" }),
      }),
    ),
  },
  responses: {
    200: {
      description:
        "application/x-ndjson, one value a line: finding …, called, waiting …, searchable or gave-up, then done (or failed)",
    },
    ...problemResponses,
  },
});

const checkSettings = createRoute({
  method: "post",
  path: "/checks",
  summary: "Look at settings before they are added (needs the data folder's token)",
  request: jsonBody(z.strictObject({ type, settings, secrets })),
  responses: {
    200: { description: "application/x-ndjson, one value a line: finding …, then done (or failed)" },
    ...problemResponses,
  },
});

/** How a stream of findings ends. */
type CheckEnd =
  | { readonly kind: "done"; readonly isGood: boolean }
  | { readonly kind: "failed"; readonly problem: Problem };
export type CheckMessage = ({ readonly kind: "finding" } & Finding) | CheckEnd;
export type TestMessage = ReturnType<typeof printStep> | CheckEnd;

const failed = (error: unknown) => ({ kind: "failed", problem: toProblem(error) }) as const;

/** `/api/v1/collect/kinds`, `/sources`, `/checks` */
export function sourceRoutes(collector: Collector) {
  return newRoutes()
    .openapi(readKinds, (context) => context.json({ kinds: collector.kinds().map(printKind) }, 200))
    .openapi(readSources, async (context) => context.json({ sources: (await collector.list()).map(printSource) }, 200))
    .openapi(addSource, async (context) => {
      const { secrets: kept, ...request } = context.req.valid("json");
      const { source, shown } = await collector.add({ ...request, ...(kept === undefined ? {} : { secrets: kept }) });
      return context.json({ source: printSource(source), shown: { ...shown } }, 201);
    })
    .openapi(readSource, async (context) =>
      context.json(printSource(await collector.get(context.req.valid("param").name)), 200),
    )
    .openapi(removeSource, async (context) => {
      await collector.remove(context.req.valid("param").name);
      return context.body(null, 204);
    })
    .openapi(pauseSource, async (context) =>
      context.json(printSource(await collector.pause(context.req.valid("param").name)), 200),
    )
    .openapi(resumeSource, async (context) =>
      context.json(printSource(await collector.resume(context.req.valid("param").name)), 200),
    )
    .openapi(testSource, async (context) => {
      const { name } = context.req.valid("param");
      const { waitSeconds, mayCall } = context.req.valid("json");
      const options = { waitMs: waitSeconds * 1_000, isCallAllowed: mayCall };
      return ndjsonOnceBegun<TestMessage>(
        (signal) => testMessages(collector.test(name, options, signal)),
        failed,
        context.req.raw.signal,
      );
    })
    .openapi(checkSettings, async (context) => {
      const { secrets: kept, ...request } = context.req.valid("json");
      const asked = { ...request, ...(kept === undefined ? {} : { secrets: kept }) };
      return ndjsonOnceBegun<CheckMessage>(
        (signal) => checkMessages(collector.check(asked, signal)),
        failed,
        context.req.raw.signal,
      );
    });
}

async function* checkMessages(findings: AsyncIterable<Finding>): AsyncGenerator<CheckMessage, void, undefined> {
  let isGood = true;
  for await (const finding of findings) {
    isGood &&= finding.isGood;
    yield { kind: "finding", ...finding };
  }
  yield { kind: "done", isGood };
}

async function* testMessages(steps: AsyncIterable<TestStep>): AsyncGenerator<TestMessage, void, undefined> {
  let isGood = true;
  for await (const step of steps) {
    if (step.kind === "gave-up" || (step.kind === "finding" && !step.finding.isGood)) isGood = false;
    yield printStep(step);
  }
  yield { kind: "done", isGood };
}

import { createRoute, z } from "@hono/zod-openapi";
import { accountQuery } from "./account-query.ts";
import { readTimeRange } from "../../search/index.ts";
import type { Detecting } from "../detecting.ts";
import { ServerError } from "../errors.ts";
import { levelSchema, levelWords } from "./incident-schemas.ts";
import { isoOf } from "./instants.ts";
import { printFoundFinding, printFoundHead } from "./print-findings.ts";
import { newRoutes } from "./routes.ts";
import { jsonContent, nextOf, pageQuery, problemResponses } from "./schemas.ts";

const outcomes = ["observation", "incident", "notification"] as const;

const headSchema = z
  .object({
    id: z.string(),
    rule: z.string(),
    title: z.string(),
    level: levelSchema,
    outcome: z.enum(outcomes),
    isStaged: z.boolean(),
    accountId: z.string(),
    region: z.string(),
    actor: z.string(),
    actorName: z.string(),
    sourceIp: z.string(),
    eventName: z.string(),
    tags: z.array(z.string()).readonly(),
    from: z.string(),
    to: z.string(),
    hits: z.number(),
    createdAt: z.string(),
    changedAt: z.string(),
    incident: z.string().nullable().openapi({ description: "Id of the incident that it belongs to" }),
  })
  .openapi("Finding");
export type FindingAnswer = z.infer<typeof headSchema>;

const factsSchema = z.object({
  of: z.enum(["rule", "correlation", "search", "threat-list"]),
  eventSource: z.string(),
  errorCode: z.string(),
  principalArn: z.string(),
  accessKey: z.string(),
  userAgent: z.string(),
  resources: z.array(z.string()).readonly(),
  value: z.number().nullable(),
  groupBy: z.array(z.object({ field: z.string(), value: z.string() })).readonly(),
  indicator: z.string().nullable(),
});

const findingSchema = headSchema.extend({
  facts: factsSchema,
  events: z.array(z.string()).readonly().openapi({ description: "Evidence as account/eventID, oldest first" }),
});
export type FindingDetailsAnswer = z.infer<typeof findingSchema>;

const statusSchema = z
  .object({
    waitingLogFiles: z.number(),
    waitingEvents: z.number(),
    judgedAt: z.string().nullable(),
    rules: z.number(),
    correlations: z.number(),
    staged: z.number(),
    spans: z.number(),
    problem: z.string().nullable(),
  })
  .openapi("DetectionStatus");
export type DetectionAnswer = z.infer<typeof statusSchema>;

const statusRoute = createRoute({
  method: "get",
  path: "/status",
  summary: "How far detecting has come, and what keeps it from going on",
  responses: {
    200: jsonContent("The state of detecting", statusSchema),
    ...problemResponses,
  },
});

const roundsRoute = createRoute({
  method: "post",
  path: "/rounds",
  summary: "Judge all that waits now, and answer when that is done (needs the data folder's token)",
  responses: { 200: jsonContent("It is done", z.object({})), ...problemResponses },
});

const listRoute = createRoute({
  method: "get",
  path: "/findings",
  summary: "What rules have found, the newest first",
  request: {
    query: pageQuery.extend({
      rule: z.string().max(300).optional(),
      account: accountQuery.optional(),
      actor: z.string().max(3_000).optional(),
      severity: levelWords,
      from: z.string().max(100).optional(),
      to: z.string().max(100).optional(),
      staged: z.enum(["true", "false"]).optional(),
    }),
  },
  responses: {
    200: jsonContent("One page", z.object({ findings: z.array(headSchema), next: z.string().nullable() })),
    ...problemResponses,
  },
});

const showRoute = createRoute({
  method: "get",
  path: "/findings/{id}",
  summary: "A finding with its evidence",
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: { 200: jsonContent("The finding", z.object({ finding: findingSchema })), ...problemResponses },
});

const eventsMax = 500;

const hitsRoute = createRoute({
  method: "get",
  path: "/hits",
  summary: "The rules that events have hit",
  request: {
    query: z.object({
      event: z
        .union([z.string(), z.array(z.string())])
        .transform((given) => (Array.isArray(given) ? given : [given]))
        .refine((given) => given.length <= eventsMax, { error: `More than ${eventsMax} events` })
        .openapi({ type: "array", items: { type: "string" }, description: "As account/eventID" }),
    }),
  },
  responses: {
    200: jsonContent(
      "By event; one that hit nothing is left out",
      z.object({
        hits: z.record(z.string(), z.array(z.object({ rule: z.string(), title: z.string(), finding: z.string() }))),
      }),
    ),
    ...problemResponses,
  },
});

/** `/api/v1/detect/status`, `/findings` and `/hits`. */
export function findingRoutes(detecting: Detecting, now: () => number) {
  return newRoutes()
    .openapi(statusRoute, async (context) => {
      const { judgedAt, problem, ...status } = await (await detecting.openDetection()).status();
      return context.json({ ...status, judgedAt: isoOf(judgedAt), problem: problem ?? null }, 200);
    })
    .openapi(roundsRoute, async (context) => {
      await detecting.detectNow(context.req.raw.signal);
      return context.json({}, 200);
    })
    .openapi(listRoute, async (context) => {
      const { rule, account, actor, severity, from, to, staged, after, limit } = context.req.valid("query");
      const ask = {
        ...{ rule, actor, level: severity, accountId: account },
        ...readTimeRange({ from, to }, now()),
        isStaged: staged === undefined ? undefined : staged === "true",
      };
      const found = await (
        await detecting.openDetection()
      ).findings(ask, { limit, ...(after === undefined ? {} : { after }) });
      const incidents = await (await detecting.openIncidents()).incidentOf(found.map(({ id }) => id));
      const findings = found.map((finding) => printFoundHead(finding, incidents.get(finding.id)));
      return context.json({ findings, next: nextOf(found, limit, ({ id }) => id) }, 200);
    })
    .openapi(showRoute, async (context) => {
      const { id } = context.req.valid("param");
      const found = await (await detecting.openDetection()).finding(id);
      if (found === undefined) throw unknown(id);
      const incidents = await (await detecting.openIncidents()).incidentOf([found.finding.id]);
      return context.json({ finding: printFoundFinding(found, incidents.get(found.finding.id)) }, 200);
    })
    .openapi(hitsRoute, async (context) => {
      const known = await (await detecting.openDetection()).hitsOn(context.req.valid("query").event);
      const { terms } = await (await detecting.openRuleBook()).inForce();
      const titled = [...known].map(([event, rules]) => {
        return [event, rules.map((hit) => ({ ...hit, title: terms.get(hit.rule)?.title ?? hit.rule }))] as const;
      });
      const hits = Object.fromEntries(titled);
      return context.json({ hits }, 200);
    });
}

function unknown(id: string): ServerError {
  return new ServerError(`There is no finding ${JSON.stringify(id)}`, {
    code: "finding-unknown",
    fault: "user",
    help: "GET /api/v1/detect/findings lists them",
  });
}

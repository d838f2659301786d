import { createRoute, z } from "@hono/zod-openapi";
import { accountQuery } from "./account-query.ts";
import type { IncidentChange, Incidents } from "../../incidents/index.ts";
import { readTimeRange } from "../../search/index.ts";
import type { Verification } from "../../verify/index.ts";
import { ServerError } from "../errors.ts";
import {
  type ChangeBody,
  changeBody,
  incidentDetailsSchema,
  incidentSchema,
  levelWords,
  mergeBody,
  silenceBody,
  silenceSchema,
  splitBody,
  stateWords,
} from "./incident-schemas.ts";
import { printDetails, printIncident, printSilence } from "./print-incidents.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, nextOf, pageQuery, problemResponses } from "./schemas.ts";

const listRoute = createRoute({
  method: "get",
  path: "/",
  summary: "Incidents, the one with the newest events first",
  request: {
    query: pageQuery.extend({
      state: stateWords,
      severity: levelWords,
      account: accountQuery.optional(),
      owner: z.string().max(200).optional(),
      key: z.string().max(3_000).optional().openapi({ description: "What it is found by: actor:…, resource:…, ip:…" }),
      from: z.string().max(100).optional().openapi({ description: "With events from then on" }),
      to: z.string().max(100).optional(),
    }),
  },
  responses: {
    200: jsonContent(
      "One page, and how many there are by state, whatever state was asked for",
      z.object({
        incidents: z.array(incidentSchema),
        counts: z.record(z.string(), z.number()),
        next: z.string().nullable(),
      }),
    ),
    ...problemResponses,
  },
});

const named = z.object({
  incident: z
    .string()
    .min(1)
    .max(200)
    .openapi({ param: { name: "incident", in: "path" }, example: "INC-12" }),
});
const one = z.object({ incident: incidentSchema });

const showRoute = createRoute({
  method: "get",
  path: "/{incident}",
  summary: "An incident with its findings, timeline, history, next questions and what is known of its actors",
  request: { params: named },
  responses: { 200: jsonContent("The incident", z.object({ incident: incidentDetailsSchema })), ...problemResponses },
});

const asItIsNow = { 200: jsonContent("As it is now", one), ...problemResponses };

const changeRoute = createRoute({
  method: "post",
  path: "/{incident}/changes",
  summary: "Change its state, owner or severity, comment on it, or silence it (needs the data folder's token)",
  request: { params: named, ...jsonBody(changeBody) },
  responses: asItIsNow,
});

const mergeRoute = createRoute({
  method: "post",
  path: "/{incident}/merge",
  summary: "Make other incidents a part of it (needs the data folder's token)",
  request: { params: named, ...jsonBody(mergeBody) },
  responses: asItIsNow,
});

const splitRoute = createRoute({
  method: "post",
  path: "/{incident}/split",
  summary: "Make an incident of its own of some of its findings (needs the data folder's token)",
  request: { params: named, ...jsonBody(splitBody) },
  responses: asItIsNow,
});

const listSilences = createRoute({
  method: "get",
  path: "/silences",
  summary: "What is silent for now",
  responses: { 200: jsonContent("Silences", z.object({ silences: z.array(silenceSchema) })), ...problemResponses },
});

const addSilence = createRoute({
  method: "post",
  path: "/silences",
  summary: "Let findings open no incident and disturb nobody for a time (needs the data folder's token)",
  request: jsonBody(silenceBody),
  responses: { 200: jsonContent("The silence", z.object({ silence: silenceSchema })), ...problemResponses },
});

const endSilence = createRoute({
  method: "delete",
  path: "/silences/{id}",
  summary: "End a silence (needs the data folder's token)",
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: { 200: jsonContent("It is ended", z.object({})), ...problemResponses },
});

/** `/api/v1/incidents/…` */
export function incidentRoutes(
  open: () => Promise<Incidents>,
  verification: () => Promise<Verification>,
  now: () => number,
) {
  return (
    newRoutes()
      .openapi(listRoute, async (context) => {
        const { state, severity, account, owner, key, from, to, after, limit } = context.req.valid("query");
        const range = readTimeRange({ from, to }, now());
        const asked = { severities: severity, accountId: account, owner, key, ...range };
        const incidents = await open();
        const [page, counts] = await Promise.all([
          incidents.list({ ...asked, states: state }, { limit, ...(after === undefined ? {} : { after }) }),
          incidents.count(asked),
        ]);
        const next = nextOf(page, limit, ({ id }) => id);
        return context.json({ incidents: page.map(printIncident), counts: { ...counts }, next }, 200);
      })
      // Before those with an incident's name, which would take the word for one.
      .openapi(listSilences, async (context) => {
        return context.json({ silences: (await (await open()).silences()).map(printSilence) }, 200);
      })
      .openapi(addSilence, async (context) => {
        const { scope, until, reason, by } = context.req.valid("json");
        const silence = await (
          await open()
        ).silence({ scope: given(scope), until: laterThan(until, now()), reason, by });
        return context.json({ silence: printSilence(silence) }, 200);
      })
      .openapi(endSilence, async (context) => {
        await (await open()).endSilence(context.req.valid("param").id);
        return context.json({}, 200);
      })
      .openapi(showRoute, async (context) => {
        const { incident: name } = context.req.valid("param");
        const incident = await (await open()).get(name);
        if (incident === undefined) throw unknown(name);
        const logFiles = [...new Set(incident.timeline.map(({ logFile }) => logFile))];
        const verdicts = await (await verification()).verdictsOf(logFiles);
        return context.json({ incident: printDetails(incident, verdicts) }, 200);
      })
      .openapi(changeRoute, async (context) => {
        const { change, by } = context.req.valid("json");
        const { incident } = context.req.valid("param");
        const changed = await (await open()).change(incident, readChange(change, now()), by);
        return context.json({ incident: printIncident(changed) }, 200);
      })
      .openapi(mergeRoute, async (context) => {
        const { others, by } = context.req.valid("json");
        const merged = await (await open()).merge(context.req.valid("param").incident, others, by);
        return context.json({ incident: printIncident(merged) }, 200);
      })
      .openapi(splitRoute, async (context) => {
        const { findings, by } = context.req.valid("json");
        const part = await (await open()).split(context.req.valid("param").incident, findings, by);
        return context.json({ incident: printIncident(part) }, 200);
      })
  );
}

function readChange(change: ChangeBody["change"], now: number): IncidentChange {
  if (change.kind === "silence") return { kind: "silence", until: laterThan(change.until, now) };
  if (change.kind !== "state") return change;
  const { kind, state, closedAs, comment } = change;
  return {
    kind,
    state,
    ...(closedAs === undefined ? {} : { closedAs }),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** Without the members that are not given. */
function given(scope: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(scope).flatMap(([name, word]) => (word ? [[name, word]] : [])));
}

/** An instant such as `now+7d`, which has to lie ahead. */
function laterThan(text: string, now: number): number {
  const { from: until } = readTimeRange({ from: text, to: undefined }, now);
  if (until !== undefined && until > now) return until;
  throw new ServerError(`${JSON.stringify(text)} is no time that lies ahead`, {
    code: "request-invalid",
    fault: "user",
    help: "Write now+8h, now+7d or an instant such as 2026-03-01T08:00:00Z",
  });
}

function unknown(name: string): ServerError {
  return new ServerError(`There is no incident ${JSON.stringify(name)}`, {
    code: "incident-unknown",
    fault: "user",
    help: "GET /api/v1/incidents lists them; trailwarden incident list too",
  });
}

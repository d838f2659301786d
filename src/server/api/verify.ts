import { createRoute, z } from "@hono/zod-openapi";
import { readTimeRange } from "../../search/index.ts";
import type { IntegrityAsk, RereadStep, Verification } from "../../verify/index.ts";
import { ndjsonResponse } from "../ndjson.ts";
import { toProblem, type Problem } from "../problem.ts";
import { accountQuery } from "./account-query.ts";
import { printCell, printChain, printFinding, printHour, printOverview, printStatement } from "./print-verify.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, nextOf, pageQuery, problemResponses } from "./schemas.ts";
import {
  chainSchema,
  gridSchema,
  hourSchema,
  integrityFindingSchema,
  integrityQuery,
  overviewSchema,
  rereadBody,
  statementSchema,
} from "./verify-schemas.ts";

const readOverview = createRoute({
  method: "get",
  path: "/overview",
  summary: "How much of what was delivered is proven, and what is not",
  request: { query: integrityQuery },
  responses: { 200: jsonContent("Counts and one sentence", overviewSchema), ...problemResponses },
});

const readGrid = createRoute({
  method: "get",
  path: "/grid",
  summary: "How each hour of each account and region stands",
  request: { query: integrityQuery },
  responses: {
    200: jsonContent("Hours in which there was anything", gridSchema),
    ...problemResponses,
  },
});

const readChains = createRoute({
  method: "get",
  path: "/chains",
  summary: "Every chain of digests that is known, and how far it has come",
  responses: { 200: jsonContent("Chains", z.object({ chains: z.array(chainSchema) })), ...problemResponses },
});

const readHour = createRoute({
  method: "get",
  path: "/hours",
  summary: "The evidence of an hour: its digests, log files and gaps",
  request: {
    query: z.object({
      account: accountQuery,
      region: z.string().min(1).max(100),
      hour: z.string().min(1).max(100).openapi({ description: "Any instant in it", example: "2026-03-01T14:00:00Z" }),
    }),
  },
  responses: { 200: jsonContent("The evidence, problems first", hourSchema), ...problemResponses },
});

const readFindings = createRoute({
  method: "get",
  path: "/findings",
  summary: "Breaks, gaps and tails that fail to arrive, newest first",
  request: {
    query: integrityQuery.extend({ open: z.enum(["true", "false"]).optional(), ...pageQuery.shape }),
  },
  responses: {
    200: jsonContent("One page", z.object({ findings: z.array(integrityFindingSchema), next: z.string().nullable() })),
    ...problemResponses,
  },
});

const readStatements = createRoute({
  method: "get",
  path: "/statements",
  summary: "What may be said of whole days: complete and proven, or why not",
  request: { query: integrityQuery.omit({ region: true }) },
  responses: {
    200: jsonContent("One for each account and day", z.object({ statements: z.array(statementSchema) })),
    ...problemResponses,
  },
});

const reread = createRoute({
  method: "post",
  path: "/rereads",
  summary: "Fetch proven log files again and hold them against their digests (needs the data folder's token)",
  request: jsonBody(rereadBody),
  responses: {
    200: { description: "application/x-ndjson, one value a line: progress, changed …, summary (or failed)" },
    ...problemResponses,
  },
});

export type RereadMessage = RereadStep | { readonly kind: "failed"; readonly problem: Problem };

const weekMs = 7 * 24 * 3_600_000;
const hourMs = 3_600_000;

type Asked = Partial<Record<"account" | "region" | "from" | "to", string | undefined>>;

/** `/api/v1/verify/…` */
export function verifyRoutes(verification: () => Promise<Verification>, now: () => number) {
  const read = ({ account, region, from, to }: Asked, lengthMs = weekMs): IntegrityAsk => {
    const range = readTimeRange({ from, to }, now());
    const end = range.to ?? now();
    return {
      from: range.from ?? Math.max(0, end - lengthMs),
      to: end,
      ...(account === undefined ? {} : { accountId: account }),
      ...(region === undefined ? {} : { region }),
    };
  };
  return newRoutes()
    .openapi(readOverview, async (context) => {
      const ask = read(context.req.valid("query"));
      return context.json(printOverview(await (await verification()).overview(ask), ask), 200);
    })
    .openapi(readGrid, async (context) => {
      const { cells, ...told } = await (await verification()).grid(read(context.req.valid("query")));
      return context.json({ ...told, cells: cells.map(printCell) }, 200);
    })
    .openapi(readChains, async (context) => {
      const chains = await (await verification()).chains();
      return context.json({ chains: chains.map(printChain) }, 200);
    })
    .openapi(readHour, async (context) => {
      const { account, region, hour } = context.req.valid("query");
      const at = readTimeRange({ from: hour, to: undefined }, now()).from ?? now();
      const ask = { accountId: account, region, hour: at - (at % hourMs) };
      return context.json(printHour(await (await verification()).hour(ask)), 200);
    })
    .openapi(readFindings, async (context) => {
      const { open, after, limit, ...asked } = context.req.valid("query");
      // An old matter that nobody settled is one still.
      const ask = { ...read(asked, Infinity), ...(open === undefined ? {} : { isOpen: open === "true" }) };
      const page = { limit, ...(after === undefined ? {} : { after }) };
      const findings = await (await verification()).findings(ask, page);
      return context.json({ findings: findings.map(printFinding), next: nextOf(findings, limit, ({ id }) => id) }, 200);
    })
    .openapi(readStatements, async (context) => {
      const statements = await (await verification()).statements(read(context.req.valid("query")));
      return context.json({ statements: statements.map(printStatement) }, 200);
    })
    .openapi(reread, (context) => {
      const { account, from, to, sample } = context.req.valid("json");
      const range = readTimeRange({ from, to }, now());
      const ask = {
        ...range,
        ...(account === undefined ? {} : { accountId: account }),
        ...(sample === undefined ? {} : { sample }),
      };
      return ndjsonResponse<RereadMessage>(
        async function* (signal) {
          yield* (await verification()).reread(ask, signal);
        },
        (error) => ({ kind: "failed", problem: toProblem(error) }),
      );
    });
}

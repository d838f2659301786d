import { createRoute, z } from "@hono/zod-openapi";
import type { AddressFacts, ThreatListView, Threats } from "../../detect/index.ts";
import { isoOf } from "./instants.ts";
import { levelSchema } from "./incident-schemas.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, problemResponses } from "./schemas.ts";

const kinds = ["addresses", "domains", "keys"] as const;
const outcomes = ["observation", "incident", "notification"] as const;

const threatListSchema = z
  .object({
    name: z.string(),
    kind: z.enum(kinds),
    url: z.string().openapi({ description: "Empty where its entries were handed in" }),
    column: z.string(),
    everyMs: z.number(),
    expireMs: z.number().openapi({ description: "0: the entries told last count, and no others" }),
    level: levelSchema,
    outcome: z.enum(outcomes),
    license: z.string(),
    changedAt: z.string(),
    entries: z.number(),
    fetchedAt: z.string().nullable(),
    problem: z.string().nullable(),
    refusedCount: z.number(),
    refused: z.array(z.object({ line: z.number(), reason: z.string() })).readonly(),
  })
  .openapi("ThreatList");
export type ThreatListAnswer = z.infer<typeof threatListSchema>;

const threatListBody = z.strictObject({
  kind: z.enum(kinds),
  text: z.string().optional().openapi({ description: "Its entries: one a line, a table, a hosts file, STIX or MISP" }),
  path: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .openapi({ description: "A file on the server's disk with its entries" }),
  url: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .openapi({ description: "Where its entries are fetched again and again" }),
  column: z.string().max(500).optional(),
  everyMs: z.number().int().optional(),
  expireMs: z.number().int().optional(),
  level: levelSchema.optional(),
  outcome: z.enum(outcomes).optional(),
  license: z.string().max(500).optional(),
});
export type ThreatListBody = z.input<typeof threatListBody>;

const addressSchema = z
  .object({
    address: z.string(),
    country: z.string().openapi({ description: "ISO 3166 code, empty where it is not known" }),
    asn: z.number().nullable(),
    owner: z.string(),
    nature: z.enum(["public", "aws", "private", "service", "unknown"]),
    lists: z.array(z.string()).readonly().openapi({ description: "Threat lists that it is on" }),
  })
  .openapi("Address");
export type AddressAnswer = z.infer<typeof addressSchema>;

const nameInPath = z.object({ name: z.string().min(1).max(100) });

const readAddress = createRoute({
  method: "get",
  path: "/addresses/{address}",
  summary: "Country and network of an address, and the threat lists that it is on; nobody is asked",
  request: { params: z.object({ address: z.string().min(1).max(300) }) },
  responses: { 200: jsonContent("What is known", z.object({ address: addressSchema })), ...problemResponses },
});

const listThreats = createRoute({
  method: "get",
  path: "/threat-lists",
  summary: "Lists of addresses, domains and access keys that are looked for in what arrives",
  responses: { 200: jsonContent("Lists", z.object({ lists: z.array(threatListSchema) })), ...problemResponses },
});

const putThreats = createRoute({
  method: "put",
  path: "/threat-lists/{name}",
  summary: "Add a threat list, or replace it (needs the data folder's token)",
  request: { params: nameInPath, ...jsonBody(threatListBody) },
  responses: { 200: jsonContent("The list", z.object({ list: threatListSchema })), ...problemResponses },
});

const refreshThreats = createRoute({
  method: "post",
  path: "/threat-lists/{name}/refresh",
  summary: "Fetch a threat list's URL now (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 200: jsonContent("The list", z.object({ list: threatListSchema })), ...problemResponses },
});

const removeThreats = createRoute({
  method: "delete",
  path: "/threat-lists/{name}",
  summary: "Remove a threat list; what it found stays (needs the data folder's token)",
  request: { params: nameInPath },
  responses: { 204: { description: "It is gone" }, ...problemResponses },
});

/** `/api/v1/detect/addresses` and `/api/v1/detect/threat-lists` */
export function threatRoutes(open: () => Promise<Threats>) {
  return newRoutes()
    .openapi(readAddress, async (context) => {
      const facts = await (await open()).addressFacts(context.req.valid("param").address);
      return context.json({ address: printAddress(facts) }, 200);
    })
    .openapi(listThreats, async (context) => {
      const lists = await (await open()).list();
      return context.json({ lists: lists.map(printList) }, 200);
    })
    .openapi(putThreats, async (context) => {
      const { name } = context.req.valid("param");
      const ask = { name, ...context.req.valid("json") };
      return context.json({ list: printList(await (await open()).put(ask, context.req.raw.signal)) }, 200);
    })
    .openapi(refreshThreats, async (context) => {
      const { name } = context.req.valid("param");
      return context.json({ list: printList(await (await open()).refresh(name, context.req.raw.signal)) }, 200);
    })
    .openapi(removeThreats, async (context) => {
      await (await open()).remove(context.req.valid("param").name);
      return context.body(null, 204);
    });
}

function printList({ changedAt, fetchedAt, problem, refused, ...list }: ThreatListView): ThreatListAnswer {
  return {
    ...list,
    changedAt: isoOf(changedAt),
    fetchedAt: isoOf(fetchedAt),
    problem: problem ?? null,
    refused: [...refused],
  };
}

function printAddress({ asn, lists, ...facts }: AddressFacts): AddressAnswer {
  return { ...facts, asn: asn ?? null, lists: [...lists] };
}

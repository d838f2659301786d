import { createRoute, z } from "@hono/zod-openapi";
import type { Collector } from "../../collect/index.ts";
import { readTimeRange } from "../../search/index.ts";
import type { LedgerSelection } from "../../state/index.ts";
import { accountQuery } from "./account-query.ts";
import { accountSchema, ledgerEntrySchema, ledgerHourSchema, totalsSchema } from "./collect-schemas.ts";
import { printAccount, printEntry, printHour, printTotals } from "./print-collect.ts";
import { newRoutes } from "./routes.ts";
import { jsonBody, jsonContent, nextOf, pageQuery, problemResponses } from "./schemas.ts";

const selection = z.object({
  source: z.string().min(1).max(63).optional(),
  account: accountQuery.optional(),
  region: z.string().min(1).max(100).optional(),
  from: z.string().max(100).optional().openapi({ description: "Earliest hour of delivery", example: "now-7d" }),
  digests: z
    .enum(["without", "only"])
    .optional()
    .openapi({ description: "Log files alone, or digests alone; both where not given. Totals count them apart" }),
  to: z.string().max(100).optional().openapi({ description: "Hour before which to stop" }),
});

const readLedger = createRoute({
  method: "get",
  path: "/ledger",
  summary: "How much of what was heard of is read, in all and hour by hour",
  request: { query: selection.extend({ limit: z.coerce.number().int().min(0).max(10_000).default(1_000) }) },
  responses: {
    200: jsonContent(
      "Totals, and the newest hours of each account, region and kind",
      z.object({ totals: totalsSchema, hours: z.array(ledgerHourSchema) }),
    ),
    ...problemResponses,
  },
});

const readMissing = createRoute({
  method: "get",
  path: "/ledger/missing",
  summary: "Names of what is known and not read, with the reason where there is one",
  request: { query: selection.extend(pageQuery.shape) },
  responses: {
    200: jsonContent("One page", z.object({ entries: z.array(ledgerEntrySchema), next: z.string().nullable() })),
    ...problemResponses,
  },
});

const takeUpAgain = createRoute({
  method: "post",
  path: "/ledger/take-up-again",
  summary: "Fetch once more what failed or was left out, because the reason is gone (needs the data folder's token)",
  request: jsonBody(z.strictObject(selection.shape)),
  responses: {
    200: jsonContent("How many log files are waited for again", z.object({ count: z.number().int() })),
    ...problemResponses,
  },
});

const readAccounts = createRoute({
  method: "get",
  path: "/accounts",
  summary: "AWS accounts that are known of",
  responses: { 200: jsonContent("Accounts", z.object({ accounts: z.array(accountSchema) })), ...problemResponses },
});

/** `/api/v1/collect/ledger`, `/accounts` */
export function ledgerRoutes(collector: Collector, now: () => number) {
  const read = ({ source, account, region, from, to, digests }: z.infer<typeof selection>): LedgerSelection => ({
    ...(source === undefined ? {} : { source }),
    ...(account === undefined ? {} : { accountId: account }),
    ...(region === undefined ? {} : { region }),
    ...(digests === undefined ? {} : { isDigest: digests === "only" }),
    ...readTimeRange({ from, to }, now()),
  });
  return newRoutes()
    .openapi(readLedger, async (context) => {
      const { limit, ...asked } = context.req.valid("query");
      const selected = read(asked);
      const hours = limit === 0 ? [] : await collector.hours(selected, limit);
      return context.json({ totals: printTotals(await collector.totals(selected)), hours: hours.map(printHour) }, 200);
    })
    .openapi(readMissing, async (context) => {
      const { limit, after, ...asked } = context.req.valid("query");
      const entries = await collector.missing(read(asked), { limit, ...(after === undefined ? {} : { after }) });
      return context.json({ entries: entries.map(printEntry), next: nextOf(entries, limit, ({ name }) => name) }, 200);
    })
    .openapi(takeUpAgain, async (context) =>
      context.json({ count: await collector.takeUpAgain(read(context.req.valid("json"))) }, 200),
    )
    .openapi(readAccounts, async (context) =>
      context.json({ accounts: (await collector.accounts()).map(printAccount) }, 200),
    );
}

import type {
  LedgerEntryAnswer,
  LedgerHourAnswer,
  LedgerTotalsAnswer,
  UnreconciledAnswer,
} from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import {
  dataOptions,
  defineCommand,
  flagOption,
  givenOptions,
  type Arguments,
  type CommandContext,
} from "../command.ts";
import { limitOf } from "../limit-option.ts";
import { plural, printCount } from "../print/figures.ts";
import { printTable } from "../print/table.ts";
import { printHours, printMissing, printTotals } from "../print/ledger.ts";

const pageMax = 1_000;
const selecting = ["source", "account", "region", "from", "to"] as const;

export const ledgerCommand = defineCommand({
  name: "ledger",
  summary: "How much of what was heard of is read, hour by hour, and the names of what is missing",
  usage: "",
  options: {
    ...dataOptions,
    source: { type: "string", value: "NAME", summary: "Of this source" },
    account: { type: "string", value: "ID", summary: "Of this account; dashes and spaces may stay" },
    region: { type: "string", value: "REGION", summary: "Of this region" },
    from: {
      type: "string",
      value: "TIME",
      summary: "Delivered from then on: 2026-01-02, 2026-01-02T03:00:00Z or now-7d",
    },
    to: { type: "string", value: "TIME", summary: "Delivered before" },
    unreconciled: {
      type: "boolean",
      summary: "Count the events that came over EventBridge an hour ago or more and that no log file has brought",
    },
    missing: { type: "boolean", summary: "Name what is known and not read; ends with 1 when there is any" },
    digests: { type: "boolean", summary: "Of digests, which the hours leave out otherwise" },
    "fetch-again": {
      type: "boolean",
      summary: "Fetch once more what failed or was left out, because the reason is gone",
    },
    limit: { type: "string", short: "n", value: "N", summary: "Hours or names at most (default 50; names: 0 for all)" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: [
    "trailwarden ledger",
    "trailwarden ledger --account 1111-2222-3333 --from now-1d",
    "trailwarden ledger --missing",
    "trailwarden ledger --fetch-again --source prod",
  ],
  async run(args, context) {
    const selection = readSelection(args);
    const limit = limitOf(args);
    await using client = await openClient(args, context);
    if (flagOption(args, "fetch-again")) return await fetchAgain(client, selection, context);
    if (flagOption(args, "unreconciled")) return await unreconciled(client, args, context);
    if (flagOption(args, "missing")) return await missing(client, selection, limit, args, context);
    const response = await client.ok(
      client.api.collect.ledger.$get({
        query: { digests: "without", ...selection, limit: String(Math.min(limit, 10_000)) },
      }),
    );
    const answer = (await response.json()) as { totals: LedgerTotalsAnswer; hours: LedgerHourAnswer[] };
    const hours = answer.hours.length === 0 ? "" : `\n${printHours(answer.hours, context.terminal.columns)}`;
    await context.terminal.data(
      flagOption(args, "json") ? `${JSON.stringify(answer, undefined, 2)}\n` : `${printTotals(answer.totals)}${hours}`,
    );
    return 0;
  },
});

type Selection = { [Name in (typeof selecting)[number]]?: string } & { digests?: "only" };

async function missing(
  client: Client,
  selection: Selection,
  limit: number,
  args: Arguments,
  context: CommandContext,
): Promise<number> {
  const most = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  const isJson = flagOption(args, "json");
  let [count, after]: [number, string | null] = [0, null];
  do {
    const response = await client.ok(
      client.api.collect.ledger.missing.$get({
        query: { ...selection, limit: String(Math.min(pageMax, most - count)), ...(after === null ? {} : { after }) },
      }),
    );
    const page = (await response.json()) as { entries: LedgerEntryAnswer[]; next: string | null };
    count += page.entries.length;
    after = page.next;
    if (isJson) for (const entry of page.entries) await context.terminal.data(`${JSON.stringify(entry)}\n`);
    else if (page.entries.length > 0) await context.terminal.data(printMissing(page.entries, context.terminal.columns));
  } while (after !== null && count < most);
  if (count === 0) context.terminal.talk("Nothing is missing: all that was heard of is read");
  else if (after !== null) context.terminal.talk(`${plural(count, "name")}; --limit shows more`);
  return count === 0 ? 0 : 1;
}

async function unreconciled(client: Client, args: Arguments, context: CommandContext): Promise<number> {
  const response = await client.ok(client.api.collect.unreconciled.$get({ query: {} }));
  const { hours } = (await response.json()) as { hours: UnreconciledAnswer[] };
  if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify({ hours }, undefined, 2)}\n`);
  else if (hours.length === 0) context.terminal.talk("A log file has brought every event that came over EventBridge");
  else {
    const rows = hours.map(({ account, region, hour, events }) => [hour, account, region, printCount(events)]);
    await context.terminal.data(printTable(["hour", "account", "region", "events"], rows, context.terminal.columns));
  }
  return hours.length === 0 ? 0 : 1;
}

async function fetchAgain(client: Client, selection: Selection, context: CommandContext): Promise<number> {
  const response = await client.ok(client.api.collect.ledger["take-up-again"].$post({ json: selection }));
  const { count } = (await response.json()) as { count: number };
  await context.terminal.data(`${plural(count, "file")} will be fetched again\n`);
  return 0;
}

function readSelection(args: Arguments): Selection {
  return { ...givenOptions(args, selecting), ...(flagOption(args, "digests") ? { digests: "only" } : {}) };
}

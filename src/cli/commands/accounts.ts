import type { AccountAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printAgo } from "../print/figures.ts";
import { printTable } from "../print/table.ts";

export const accountsCommand = defineCommand({
  name: "accounts",
  summary: "AWS accounts that are known of, from Organizations or from their log files",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden accounts", "trailwarden accounts --json | jq -r '.accounts[].id'"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.collect.accounts.$get());
    const { accounts } = (await response.json()) as { accounts: AccountAnswer[] };
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ accounts }, undefined, 2)}\n`);
    } else if (accounts.length === 0) {
      context.terminal.talk("No account is known of yet; they turn up with the first log files");
    } else {
      const rows = accounts.map((account) => [
        account.id,
        account.name === "" ? "—" : account.name,
        account.status,
        account.organizationId ?? "—",
        account.source,
        account.firstSeenAt.slice(0, 10),
        printAgo(account.seenAt, context.now()),
      ]);
      const header = ["account", "name", "status", "organization", "source", "first seen", "last seen"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns));
    }
    return 0;
  },
});

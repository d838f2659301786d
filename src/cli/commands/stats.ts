import type { StoreAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printBytes, printCount } from "../print/figures.ts";
import { printTable } from "../print/table.ts";

export const statsCommand = defineCommand({
  name: "stats",
  summary: "How much is stored, of what time, of which accounts",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden stats", "trailwarden stats --json | jq .events"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.store.stats.$get());
    const stats = (await response.json()) as StoreAnswer;
    await context.terminal.data(
      flagOption(args, "json")
        ? `${JSON.stringify(stats, undefined, 2)}\n`
        : printStats(stats, context.terminal.columns),
    );
    return 0;
  },
});

function printStats(stats: StoreAnswer, columns: number): string {
  const perEvent = stats.events === 0 ? "" : ` (${Math.round(stats.bytesOnDisk / stats.events)} bytes an event)`;
  const facts = [
    ["events", printCount(stats.events)],
    ["from", stats.firstEventAt ?? "—"],
    ["to", stats.lastEventAt ?? "—"],
    ["log files", printCount(stats.logFiles)],
    ["duplicates", printCount(stats.duplicates)],
    ["rejected", printCount(stats.rejected)],
    ["on disk", `${printBytes(stats.bytesOnDisk)}${perEvent}`],
  ].map(([name = "", text = ""]) => `${name.padEnd(11)}${text}\n`);
  const accounts = stats.accounts.map(({ account, events }) => [
    account === "" ? "(none)" : account,
    printCount(events),
  ]);
  return accounts.length === 0
    ? facts.join("")
    : `${facts.join("")}\n${printTable(["account", "events"], accounts, columns)}`;
}

import type { DelayAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption } from "../command.ts";
import { printCount } from "../print/figures.ts";
import { printTable } from "../print/table.ts";

export const delaysCommand = defineCommand({
  name: "delays",
  summary: "How long events took to be delivered and to be found, by account, region and service",
  usage: "",
  options: {
    ...dataOptions,
    from: { type: "string", value: "TIME", summary: "Earliest time of events (default now-1d)" },
    to: { type: "string", value: "TIME", summary: "Time before which to stop" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden delays", "trailwarden delays --from now-7d --json"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const [from, to] = [textOption(args, "from"), textOption(args, "to")];
    const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const response = await client.ok(client.api.collect.delays.$get({ query }));
    const { delays } = (await response.json()) as { delays: DelayAnswer[] };
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ delays }, undefined, 2)}\n`);
    } else if (delays.length === 0) {
      context.terminal.talk("No events of that time came in log files that say when they were delivered");
    } else {
      const rows = delays.map(({ account, region, service, events, delivered, searchable }) => [
        ...[account, region, service, printCount(events)],
        ...[delivered.p50, delivered.p95, searchable.p50, searchable.p95].map(printSeconds),
      ]);
      const header = ["account", "region", "service", "events", "delivered p50", "p95", "found p50", "p95"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns));
    }
    return 0;
  },
});

function printSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

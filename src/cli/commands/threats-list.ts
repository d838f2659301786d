import type { ThreatListAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printTable } from "../print/table.ts";
import { listRow } from "../threat-request.ts";

export const threatsListCommand = defineCommand({
  name: "threats-list",
  summary: "Lists of addresses, domains and access keys that are looked for in what arrives",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON, one list a line" } },
  examples: ["trailwarden threats list"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.detect["threat-lists"].$get());
    const { lists } = (await response.json()) as { readonly lists: ThreatListAnswer[] };
    if (flagOption(args, "json")) {
      for (const list of lists) await context.terminal.data(`${JSON.stringify(list)}\n`);
    } else if (lists.length === 0) {
      context.terminal.talk("There are none; trailwarden threats add makes one");
    } else {
      const rows = lists.map((list) => listRow(list, context.now()));
      const header = ["name", "holds", "severity", "outcome", "fetched", "from"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns));
    }
    return 0;
  },
});

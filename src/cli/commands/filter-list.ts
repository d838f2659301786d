import type { FilterAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printAgo, printCount } from "../print/figures.ts";
import { printTable } from "../print/table.ts";

const queryMax = 300;

export const filterListCommand = defineCommand({
  name: "filter-list",
  summary: "Filters that drop events before they are stored, and how many each has dropped",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden filter list"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.collect.filters.$get());
    const { filters } = (await response.json()) as { filters: FilterAnswer[] };
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ filters }, undefined, 2)}\n`);
    } else if (filters.length === 0) {
      context.terminal.talk("There are no filters: every event is stored");
    } else {
      const rows = filters.map(({ name, dropped, lastDroppedAt, query }) => [
        name,
        printCount(dropped),
        printAgo(lastDroppedAt, context.now()),
        query,
      ]);
      const header = ["name", "dropped", "last", "query"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns, queryMax));
    }
    return 0;
  },
});

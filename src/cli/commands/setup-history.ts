import type { HistoryAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printHistoryEntries } from "../print/setup.ts";
import { nameOf } from "../source-request.ts";

const pageMax = 1_000;

export const setupHistoryCommand: Command = defineCommand({
  name: "setup-history",
  summary: "What happened to a deployment's way, newest first: drift, who did it, repair, probe",
  usage: "NAME",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON, one entry a line" } },
  examples: ["trailwarden setup history prod"],
  async run(args, context) {
    const name = nameOf(setupHistoryCommand, args, "deployment");
    await using client = await openClient(args, context);
    const deployment = client.api.setup.deployments[":name"];
    let [before, count]: [string | null, number] = [null, 0];
    do {
      const query = { limit: String(pageMax), ...(before === null ? {} : { before }) };
      const response = await client.ok(deployment.history.$get({ param: { name }, query }));
      const page = (await response.json()) as { history: HistoryAnswer[]; next: string | null };
      count += page.history.length;
      before = page.next;
      if (flagOption(args, "json")) {
        for (const entry of page.history) await context.terminal.data(`${JSON.stringify(entry)}\n`);
      } else await context.terminal.data(printHistoryEntries(page.history));
    } while (before !== null);
    if (count === 0) context.terminal.talk("Nothing has happened yet");
    return 0;
  },
});

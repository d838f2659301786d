import type { SourceAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type CommandContext } from "../command.ts";
import { printSources } from "../print/sources.ts";
import { sayWhoCollects } from "../source-request.ts";
import { watching } from "../watching.ts";

export const sourceListCommand = defineCommand({
  name: "source-list",
  summary: "All sources of log files, and how each is",
  usage: "",
  options: {
    ...dataOptions,
    watch: { type: "boolean", short: "w", summary: "Show it anew every two seconds, until Ctrl-C" },
    json: { type: "boolean", summary: "Print as JSON; one line each time with --watch" },
  },
  examples: [
    "trailwarden source list",
    "trailwarden source list --watch",
    "trailwarden source list --json | jq '.sources[] | select(.status == \"failing\").sentence'",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    sayWhoCollects(client, context);
    const [isJson, isWatched] = [flagOption(args, "json"), flagOption(args, "watch")];
    const print = async () => {
      const sources = await readSources(client);
      if (isJson) return `${JSON.stringify({ sources }, undefined, isWatched ? undefined : 2)}\n`;
      return sources.length === 0 ? "" : printSources(sources, context.now(), context.terminal.columns);
    };
    if (isWatched) return watching(print, context, { isJson });
    const text = await print();
    if (text === "") sayNone(context);
    await context.terminal.data(text);
    return 0;
  },
});

async function readSources(client: Client): Promise<SourceAnswer[]> {
  const response = await client.ok(client.api.collect.sources.$get());
  return ((await response.json()) as { sources: SourceAnswer[] }).sources;
}

function sayNone(context: CommandContext): void {
  context.terminal.talk("There are no sources yet; trailwarden source add --help says how to add one");
}

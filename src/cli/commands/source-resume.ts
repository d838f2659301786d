import type { SourceAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, type Command } from "../command.ts";
import { safeText } from "../print/safe-text.ts";
import { printStatus } from "../print/sources.ts";
import { nameOf, sayWhoCollects } from "../source-request.ts";

export const sourceResumeCommand: Command = defineCommand({
  name: "source-resume",
  summary: "Let a paused source go on where it stopped",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden source resume prod"],
  async run(args, context) {
    const name = nameOf(sourceResumeCommand, args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.collect.sources[":name"].resume.$post({ param: { name } }));
    const source = (await response.json()) as SourceAnswer;
    await context.terminal.data(`${source.name}  ${printStatus(source.status)}: ${safeText(source.sentence)}\n`);
    sayWhoCollects(client, context);
    return 0;
  },
});

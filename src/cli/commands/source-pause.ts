import type { SourceAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, type Command } from "../command.ts";
import { safeText } from "../print/safe-text.ts";
import { printStatus } from "../print/sources.ts";
import { nameOf } from "../source-request.ts";

export const sourcePauseCommand: Command = defineCommand({
  name: "source-pause",
  summary: "Let a source rest; nothing is lost, it goes on where it stopped",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden source pause prod"],
  async run(args, context) {
    const name = nameOf(sourcePauseCommand, args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.collect.sources[":name"].pause.$post({ param: { name } }));
    const source = (await response.json()) as SourceAnswer;
    await context.terminal.data(`${source.name}  ${printStatus(source.status)}: ${safeText(source.sentence)}\n`);
    return 0;
  },
});

import { openClient } from "../client.ts";
import { type Command, dataOptions, defineCommand } from "../command.ts";
import { listNameOf } from "../threat-request.ts";

export const threatsRemoveCommand: Command = defineCommand({
  name: "threats-remove",
  summary: "Remove a threat list; what it found stays",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden threats remove tor"],
  async run(args, context) {
    const name = listNameOf(threatsRemoveCommand, args);
    await using client = await openClient(args, context);
    await client.ok(client.api.detect["threat-lists"][":name"].$delete({ param: { name } }));
    context.terminal.talk(`${name} is gone`);
    return 0;
  },
});

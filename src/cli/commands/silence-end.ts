import { openClient } from "../client.ts";
import { dataOptions, defineCommand, type Command } from "../command.ts";
import { nameOf } from "../source-request.ts";

export const silenceEndCommand: Command = defineCommand({
  name: "silence-end",
  summary: "End a silence before its time",
  usage: "ID",
  options: dataOptions,
  examples: ["trailwarden silence end 01HZX3"],
  async run(args, context) {
    const id = nameOf(silenceEndCommand, args, "silence");
    await using client = await openClient(args, context);
    await client.ok(client.api.incidents.silences[":id"].$delete({ param: { id } }));
    context.terminal.talk(`${id} is ended`);
    return 0;
  },
});

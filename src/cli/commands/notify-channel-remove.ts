import { openClient } from "../client.ts";
import { dataOptions, defineCommand } from "../command.ts";
import { oneName } from "../notify-request.ts";

export const notifyChannelRemoveCommand = defineCommand({
  name: "notify-channel-remove",
  summary: "Remove a channel with its secrets; what waits for it is told to nobody, and the log stays",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden notify channel remove security"],
  async run(args, context) {
    const name = oneName(args, "channel", "notify channels");
    await using client = await openClient(args, context);
    await client.ok(client.api.notify.channels[":name"].$delete({ param: { name } }));
    context.terminal.talk(`${name} is removed, from the routes too`);
    return 0;
  },
});

import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { oneName } from "../notify-request.ts";

export const notifyChannelPauseCommand = defineCommand({
  name: "notify-channel-pause",
  summary: "Let a channel rest: what is to be told waits until it goes on",
  usage: "NAME",
  options: { ...dataOptions, end: { type: "boolean", summary: "Go on, and tell what has waited" } },
  examples: ["trailwarden notify channel pause security", "trailwarden notify channel pause security --end"],
  async run(args, context) {
    const name = oneName(args, "channel", "notify channels");
    const isPaused = !flagOption(args, "end");
    await using client = await openClient(args, context);
    await client.ok(client.api.notify.channels[":name"].pause.$post({ param: { name }, json: { isPaused } }));
    context.terminal.talk(isPaused ? `${name} rests; nothing is lost` : `${name} goes on`);
    return 0;
  },
});

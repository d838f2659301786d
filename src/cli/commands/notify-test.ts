import type { ChannelTestAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { oneName } from "../notify-request.ts";
import { safeText } from "../print/safe-text.ts";

export const notifyTestCommand = defineCommand({
  name: "notify-test",
  summary: "Send a made-up notice through a channel now; ends with 1 when it is not delivered",
  usage: "NAME",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print what came of it as JSON" } },
  examples: ["trailwarden notify test security"],
  async run(args, context) {
    const name = oneName(args, "channel", "notify channels");
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.notify.channels[":name"].test.$post({ param: { name } }));
    const told = (await response.json()) as ChannelTestAnswer;
    const { isDelivered, answer } = told;
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(told)}\n`);
    else await context.terminal.data(`${isDelivered ? "✓ Delivered" : "✗ Not delivered"}: ${safeText(answer)}\n`);
    return isDelivered ? 0 : 1;
  },
});

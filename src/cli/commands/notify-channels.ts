import type { ChannelAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printAgo, printCount } from "../print/figures.ts";
import { printTable } from "../print/table.ts";

const answerMax = 200;

export const notifyChannelsCommand = defineCommand({
  name: "notify-channels",
  summary: "Channels through which people are told, what waits for each, and how the last try went",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden notify channels"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const { channels } = (await (await client.ok(client.api.notify.channels.$get())).json()) as {
      channels: ChannelAnswer[];
    };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify({ channels }, undefined, 2)}\n`);
    else if (channels.length === 0) {
      context.terminal.talk(
        "There are no channels: nobody is told of anything. See trailwarden notify channel add --help",
      );
    } else {
      const rows = channels.map(({ name, type, isPaused, waiting, last }) => [
        name,
        type,
        isPaused ? "paused" : (last?.status ?? "not tried"),
        printCount(waiting),
        printAgo(last?.at ?? null, context.now()),
        last?.answer ?? "",
      ]);
      const header = ["name", "type", "status", "waiting", "last", "answer"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns, answerMax));
    }
    return 0;
  },
});

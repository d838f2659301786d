import type { DeliveryAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, givenOptions } from "../command.ts";
import { printDuration } from "../print/figures.ts";
import { printTable } from "../print/table.ts";

const answerMax = 200;

export const notifyLogCommand = defineCommand({
  name: "notify-log",
  summary: "Every try to tell somebody, newest first",
  usage: "",
  options: {
    ...dataOptions,
    channel: { type: "string", value: "NAME", summary: "Through this channel" },
    status: { type: "string", value: "STATUS", summary: "delivered, failed (will be tried again) or 'given up'" },
    limit: { type: "string", value: "N", summary: "At most so many (default 100)" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden notify log", "trailwarden notify log --channel security --status failed"],
  async run(args, context) {
    await using client = await openClient(args, context);
    // Which words a status may be, the server says.
    const query = givenOptions(args, ["channel", "status", "limit"]) as { channel?: string; limit?: string };
    const response = await client.ok(client.api.notify.deliveries.$get({ query }));
    const { deliveries } = (await response.json()) as { deliveries: DeliveryAnswer[] };
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ deliveries }, undefined, 2)}\n`);
    } else if (deliveries.length === 0) context.terminal.talk("Nothing was sent yet");
    else {
      const rows = deliveries.map(({ at, channel, status, tookMs, subject, answer }) => [
        at.slice(0, 19).replace("T", " "),
        channel,
        status,
        printDuration(tookMs / 1_000),
        subject,
        answer,
      ]);
      const header = ["time (UTC)", "channel", "status", "took", "subject", "answer"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns, answerMax));
    }
    return 0;
  },
});

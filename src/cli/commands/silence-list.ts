import type { SilenceAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printSilences } from "../print/incidents.ts";

export const silenceListCommand = defineCommand({
  name: "silence-list",
  summary: "What is silent for now, until when and why",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden silence list"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.incidents.silences.$get());
    const { silences } = (await response.json()) as { silences: SilenceAnswer[] };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify({ silences }, undefined, 2)}\n`);
    else if (silences.length > 0) await context.terminal.data(printSilences(silences, context.terminal.columns));
    else context.terminal.talk("Nothing is silent");
    return 0;
  },
});

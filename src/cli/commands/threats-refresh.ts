import type { ThreatListAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { type Command, dataOptions, defineCommand, flagOption } from "../command.ts";
import { listNameOf, sayList } from "../threat-request.ts";

export const threatsRefreshCommand: Command = defineCommand({
  name: "threats-refresh",
  summary: "Fetch a threat list's URL now; ends with 1 when that fails",
  usage: "NAME",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print the list as JSON" } },
  examples: ["trailwarden threats refresh tor"],
  async run(args, context) {
    const name = listNameOf(threatsRefreshCommand, args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.detect["threat-lists"][":name"].refresh.$post({ param: { name } }));
    const { list } = (await response.json()) as { readonly list: ThreatListAnswer };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(list, undefined, 2)}\n`);
    else for (const line of sayList(list)) await context.terminal.data(`${line}\n`);
    return list.problem === null ? 0 : 1;
  },
});

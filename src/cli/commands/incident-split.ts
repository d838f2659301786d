import type { IncidentAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, listOption, type Command } from "../command.ts";
import { byOf, byOption } from "../incident-request.ts";
import { safeText } from "../print/safe-text.ts";
import { nameOf } from "../source-request.ts";

export const incidentSplitCommand: Command = defineCommand({
  name: "incident-split",
  summary: "Make an incident of its own of some of an incident's findings, because they are another story",
  usage: "NAME",
  options: {
    ...dataOptions,
    finding: {
      type: "string",
      isRepeated: true,
      value: "ID",
      summary: "A finding that goes; may be given more than once",
    },
    ...byOption,
  },
  examples: ["trailwarden incident split INC-12 --finding 01HZX3 --finding 01HZX7"],
  async run(args, context) {
    const incident = nameOf(incidentSplitCommand, args, "incident");
    await using client = await openClient(args, context);
    const json = { findings: [...listOption(args, "finding")], by: byOf(args, context) };
    const response = await client.ok(client.api.incidents[":incident"].split.$post({ param: { incident }, json }));
    const { incident: part } = (await response.json()) as { incident: IncidentAnswer };
    await context.terminal.data(`${safeText(`${part.name}  ${part.title}`)}\n`);
    return 0;
  },
});

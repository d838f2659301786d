import type { FindingDetailsAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printFound } from "../print/incidents.ts";
import { nameOf } from "../source-request.ts";

export const findingShowCommand: Command = defineCommand({
  name: "finding-show",
  summary: "A finding with its evidence",
  usage: "ID",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden finding show 01HZX3"],
  async run(args, context) {
    const id = nameOf(findingShowCommand, args, "finding");
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.detect.findings[":id"].$get({ param: { id } }));
    const { finding } = (await response.json()) as { finding: FindingDetailsAnswer };
    const isJson = flagOption(args, "json");
    await context.terminal.data(isJson ? `${JSON.stringify(finding, undefined, 2)}\n` : printFound(finding));
    return 0;
  },
});

import type { IncidentDetailsAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Arguments, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printIncident } from "../print/incidents.ts";
import { nameOf } from "../source-request.ts";

export const incidentShowCommand: Command = defineCommand({
  name: "incident-show",
  summary: "An incident as a story: what fired, what happened, who and what, what to ask next, its history",
  usage: "NAME",
  options: {
    ...dataOptions,
    events: { type: "string", value: "N", summary: "Events of the timeline to print (default 30)" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden incident show INC-12", "trailwarden incident show 12 --json | jq '.timeline[].eventName'"],
  async run(args, context) {
    const incident = nameOf(incidentShowCommand, args, "incident");
    const eventsMax = readEvents(args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.incidents[":incident"].$get({ param: { incident } }));
    const { incident: found } = (await response.json()) as { incident: IncidentDetailsAnswer };
    const isJson = flagOption(args, "json");
    await context.terminal.data(isJson ? `${JSON.stringify(found, undefined, 2)}\n` : printIncident(found, eventsMax));
    return 0;
  },
});

function readEvents(args: Arguments): number {
  const text = textOption(args, "events") ?? "30";
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new CommandError(`--events ${text} is no number of events`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --events 100",
  });
}

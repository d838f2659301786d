import { openClient } from "../client.ts";
import { dataOptions, defineCommand, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { byOf, byOption } from "../incident-request.ts";
import { nameOf } from "../source-request.ts";

export const incidentMergeCommand: Command = defineCommand({
  name: "incident-merge",
  summary: "Make other incidents a part of the first, because they are one story",
  usage: "NAME OTHER…",
  options: { ...dataOptions, ...byOption },
  examples: ["trailwarden incident merge INC-12 INC-13 INC-15"],
  async run(args, context) {
    const [, ...others] = args.positionals;
    const incident = nameOf(incidentMergeCommand, { ...args, positionals: args.positionals.slice(0, 1) }, "incident");
    if (others.length === 0) {
      throw new CommandError("One incident alone cannot be merged", {
        code: "arguments-invalid",
        fault: "user",
        help: "Name those that become a part of the first behind it",
      });
    }
    await using client = await openClient(args, context);
    const json = { others, by: byOf(args, context) };
    await client.ok(client.api.incidents[":incident"].merge.$post({ param: { incident }, json }));
    context.terminal.talk(`${others.join(", ")} ${others.length === 1 ? "is" : "are"} a part of ${incident} now`);
    return 0;
  },
});

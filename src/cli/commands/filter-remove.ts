import { openClient } from "../client.ts";
import { dataOptions, defineCommand } from "../command.ts";
import { CommandError } from "../errors.ts";

export const filterRemoveCommand = defineCommand({
  name: "filter-remove",
  summary: "Remove a filter; what it dropped does not come back by itself",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden filter remove decrypts"],
  async run(args, context) {
    const [name, ...others] = args.positionals;
    if (name === undefined || others.length > 0) {
      throw new CommandError("Name one filter", {
        code: "arguments-invalid",
        fault: "user",
        help: "trailwarden filter list names them",
      });
    }
    await using client = await openClient(args, context);
    await client.ok(client.api.collect.filters[":name"].$delete({ param: { name } }));
    context.terminal.talk(`${name} is removed: events that it would have dropped are stored from now on`);
    return 0;
  },
});

import { openClient } from "../client.ts";
import { dataOptions, defineCommand, type Command } from "../command.ts";
import { nameOf } from "../source-request.ts";

export const deploymentRemoveCommand: Command = defineCommand({
  name: "deployment-remove",
  summary: "Care for an account no more; what was made in AWS stays, and its source goes on",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden deployment remove prod"],
  async run(args, context) {
    const name = nameOf(deploymentRemoveCommand, args, "deployment");
    await using client = await openClient(args, context);
    await client.ok(client.api.setup.deployments[":name"].$delete({ param: { name } }));
    context.terminal.talk(`${name} is not cared for any more; what was made in AWS stays, and its source goes on`);
    return 0;
  },
});

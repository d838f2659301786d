import type { DeploymentAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printDeployments } from "../print/setup.ts";

export const deploymentListCommand = defineCommand({
  name: "deployment-list",
  summary: "AWS accounts under care, and how each stood when it was last looked at",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden deployment list"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.setup.deployments.$get());
    const { deployments } = (await response.json()) as { deployments: DeploymentAnswer[] };
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ deployments }, undefined, 2)}\n`);
    } else if (deployments.length === 0) {
      context.terminal.talk("No account is under care yet; trailwarden deployment add --help says how to add one");
    } else {
      await context.terminal.data(printDeployments(deployments, context.now(), context.terminal.columns));
    }
    return 0;
  },
});

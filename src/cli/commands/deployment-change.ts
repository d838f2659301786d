import type { DeploymentAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { careOptions, readCare, readOwnKeys } from "../deployment-request.ts";
import { CommandError } from "../errors.ts";
import { printDeployments } from "../print/setup.ts";
import { nameOf } from "../source-request.ts";

export const deploymentChangeCommand: Command = defineCommand({
  name: "deployment-change",
  summary: "Change how an account is cared for: depth, role, what is mended without a yes; the rest stays",
  usage: "NAME",
  options: { ...dataOptions, ...careOptions, json: { type: "boolean", summary: "Print the deployment as JSON" } },
  examples: [
    "trailwarden deployment change prod --depth care --repair all",
    "trailwarden deployment change prod --role-arn arn:aws:iam::111122223333:role/trailwarden",
  ],
  async run(args, context) {
    const name = nameOf(deploymentChangeCommand, args, "deployment");
    const secrets = await readOwnKeys(args, context);
    const json = { ...readCare(args), ...(Object.keys(secrets).length === 0 ? {} : { secrets }) };
    if (Object.keys(json).length === 0) throw nothingGiven(name);
    await using client = await openClient(args, context);
    const deployment = client.api.setup.deployments[":name"];
    const response = await client.ok(deployment.$patch({ param: { name }, json }));
    const answer = (await response.json()) as { deployment: DeploymentAnswer };
    await context.terminal.data(
      flagOption(args, "json")
        ? `${JSON.stringify(answer, undefined, 2)}\n`
        : printDeployments([answer.deployment], context.now(), context.terminal.columns),
    );
    return 0;
  },
});

function nothingGiven(name: string): CommandError {
  return new CommandError("Say what is to change", {
    code: "arguments-invalid",
    fault: "user",
    help: `For instance trailwarden deployment change ${name} --depth care`,
  });
}

import type { DeploymentAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Arguments, type Command } from "../command.ts";
import { careOptions, given, readCare, readOwnKeys } from "../deployment-request.ts";
import { printDeployments } from "../print/setup.ts";
import { safeText } from "../print/safe-text.ts";
import { nameOf } from "../source-request.ts";

export const deploymentAddCommand: Command = defineCommand({
  name: "deployment-add",
  summary: "Put an AWS account under care; nothing is changed in it yet",
  usage: "NAME",
  options: {
    ...dataOptions,
    account: { type: "string", value: "ID", summary: "The account (needed); dashes and spaces may stay" },
    region: { type: "string", value: "REGION", summary: "Where what is made lies (needed)" },
    ...careOptions,
    "external-id": { type: "string", value: "ID", summary: "In the role's trust (default: a new one is made)" },
    "name-trail": {
      type: "string",
      value: "NAME",
      summary: "Name of a trail that is made (default trailwarden-ACCOUNT)",
    },
    "name-bucket": { type: "string", value: "NAME", summary: "Name of a bucket that is made" },
    "name-topic": { type: "string", value: "NAME", summary: "Name of a topic that is made" },
    "name-queue": { type: "string", value: "NAME", summary: "Name of the queue that is made" },
    endpoint: { type: "string", value: "URL", summary: "Where AWS is, when not at AWS" },
    json: { type: "boolean", summary: "Print the deployment as JSON" },
  },
  examples: [
    "trailwarden deployment add prod --account 1111-2222-3333 --region eu-central-1",
    "trailwarden deployment add prod --account 111122223333 --region eu-central-1 --depth care \\\n    --role-arn arn:aws:iam::111122223333:role/trailwarden --repair all",
  ],
  async run(args, context) {
    const name = nameOf(deploymentAddCommand, args, "deployment");
    await using client = await openClient(args, context);
    const secrets = await readOwnKeys(args, context);
    const response = await client.ok(
      client.api.setup.deployments.$post({ json: { ...requestOf(name, args), secrets } }),
    );
    const { deployment } = (await response.json()) as { deployment: DeploymentAnswer };
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ deployment }, undefined, 2)}\n`);
      return 0;
    }
    await context.terminal.data(printDeployments([deployment], context.now(), context.terminal.columns));
    const { roleArn, externalId } = deployment;
    if (roleArn !== null || Object.keys(secrets).length === 0) {
      const whose = roleArn === null ? "A role for it" : "Its role";
      context.terminal.talk(`${whose}: trailwarden role ${name} (external ID ${safeText(externalId)})`);
    }
    context.terminal.talk(`See what would be done: trailwarden setup plan ${name}`);
    return 0;
  },
});

const names = ["trail", "bucket", "topic", "queue"] as const;

function requestOf(name: string, args: Arguments): Record<string, unknown> {
  const own = names.flatMap((part) => {
    const text = textOption(args, `name-${part}`);
    return text === undefined ? [] : [[part, text] as const];
  });
  const fixed = given({
    accountId: textOption(args, "account"),
    region: textOption(args, "region"),
    externalId: textOption(args, "external-id"),
    endpoint: textOption(args, "endpoint"),
    names: own.length === 0 ? undefined : Object.fromEntries(own),
  });
  return { name, depth: "look", ...fixed, ...readCare(args) };
}

import type { RoleAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, textOption, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { nameOf } from "../source-request.ts";

const formats = ["cloudformation", "stack-set", "terraform", "terraform-json", "json", "cli"] as const;

export const roleCommand: Command = defineCommand({
  name: "role",
  summary: "Print a deployment's role with exactly the rights that its depth needs",
  usage: "NAME",
  options: {
    ...dataOptions,
    format: { type: "string", value: "FORM", summary: `${formats.join(", ")} (default cloudformation)` },
    principal: { type: "string", value: "ARN", summary: "Who takes it on (default whoever this program is)" },
    account: { type: "string", value: "ID", summary: "The role in this account, where log files lie in another" },
    "template-url": {
      type: "string",
      value: "URL",
      summary: "Where you put the template: prints a link that fills all in",
    },
    units: { type: "string", value: "OU,…", summary: "Organizational units of a stack set" },
  },
  examples: [
    "trailwarden role prod > trailwarden-role.yaml",
    "trailwarden role prod --format terraform --principal arn:aws:iam::123456789012:role/trailwarden",
    "trailwarden role prod --format cli | bash",
  ],
  async run(args, context) {
    const name = nameOf(roleCommand, args, "deployment");
    const format = readFormat(textOption(args, "format") ?? "cloudformation");
    await using client = await openClient(args, context);
    const given = {
      principal: textOption(args, "principal"),
      templateUrl: textOption(args, "template-url"),
      units: textOption(args, "units"),
    };
    const asked = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const query = { format, ...asked };
    const response = await client.ok(client.api.setup.deployments[":name"].role.$get({ param: { name }, query }));
    const { others, ...first } = (await response.json()) as RoleAnswer & { others: RoleAnswer[] };
    const account = textOption(args, "account")?.replaceAll(/\D/g, "");
    const role = [first, ...others].find(({ accountId }) => account === undefined || accountId === account);
    if (role === undefined) throw noSuchAccount([first, ...others]);
    await context.terminal.data(role.text.endsWith("\n") ? role.text : `${role.text}\n`);
    if (role.quickCreateUrl !== null) context.terminal.talk(`Open it filled in: ${role.quickCreateUrl}`);
    for (const other of others) {
      if (account === undefined)
        context.terminal.talk(`One more for account ${other.accountId}: --account ${other.accountId}`);
    }
    if (role.leftOut.length > 0) {
      context.terminal.talk(`Left out until a plan has named what they are about: ${role.leftOut.join(", ")}`);
    }
    return 0;
  },
});

function readFormat(text: string): (typeof formats)[number] {
  const format = formats.find((one) => one === text);
  if (format !== undefined) return format;
  throw new CommandError(`There is no form called ${text}`, {
    code: "arguments-invalid",
    fault: "user",
    help: `Choose one of ${formats.join(", ")}`,
  });
}

function noSuchAccount(roles: readonly RoleAnswer[]): CommandError {
  return new CommandError("The deployment has no role in that account", {
    code: "arguments-invalid",
    fault: "user",
    help: `It has one in ${roles.map(({ accountId }) => accountId).join(" and ")}`,
  });
}

import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printBillChange } from "../print/bill.ts";
import { printCommands, printSetupPlan } from "../print/setup.ts";
import { readPlan, readWish, wishOptions } from "../setup-request.ts";
import { nameOf } from "../source-request.ts";

export const setupPlanCommand: Command = defineCommand({
  name: "setup-plan",
  summary:
    "Say what is to be done in an account and what it costs, changing nothing; ends with 1 when there is something",
  usage: "NAME",
  options: {
    ...dataOptions,
    ...wishOptions,
    "by-hand": { type: "boolean", summary: "Print the same as commands of the AWS CLI, for who does it by hand" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden setup plan prod", "trailwarden setup plan prod --no-create --by-hand"],
  async run(args, context) {
    const name = nameOf(setupPlanCommand, args, "deployment");
    await using client = await openClient(args, context);
    const answer = await readPlan(client, name, readWish(args));
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(answer, undefined, 2)}\n`);
    else if (flagOption(args, "by-hand")) await context.terminal.data(printCommands(answer));
    else await context.terminal.data(`${printSetupPlan(answer)}\n${printBillChange(answer.bill)}`);
    const { steps, obstacles } = answer.plan;
    if (obstacles.length > 0) return 1;
    if (steps.length === 0) context.terminal.talk("Nothing is to be done");
    return steps.length === 0 ? 0 : 1;
  },
});

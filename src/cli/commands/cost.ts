import type { CostAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printBill, printDuplicates } from "../print/bill.ts";
import { nameOf } from "../source-request.ts";

export const costCommand: Command = defineCommand({
  name: "cost",
  summary: "What an account's trails cost a month, and which are paid for twice; ends with 1 when any is",
  usage: "NAME",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden cost prod"],
  async run(args, context) {
    const name = nameOf(costCommand, args, "deployment");
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.setup.deployments[":name"].cost.$get({ param: { name } }));
    const answer = (await response.json()) as CostAnswer;
    const { bill, duplicates } = answer;
    await context.terminal.data(
      flagOption(args, "json")
        ? `${JSON.stringify(answer, undefined, 2)}\n`
        : `${printBill(bill, context.terminal.columns)}${printDuplicates(duplicates)}`,
    );
    return duplicates.length === 0 ? 0 : 1;
  },
});

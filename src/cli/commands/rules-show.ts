import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printRule } from "../print/rules.ts";
import { safeText } from "../print/safe-text.ts";
import { askRule, ruleOf } from "../rule-request.ts";

export const rulesShowCommand: Command = defineCommand({
  name: "rules-show",
  summary: "Everything about one rule: why, what to do, what was settled, whether it can fire",
  usage: "RULE",
  options: {
    ...dataOptions,
    file: { type: "boolean", summary: "Print its file instead" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: [
    "trailwarden rules show root-access-key-made",
    "trailwarden rules show root-access-key-made --file > mine.yml",
  ],
  async run(args, context) {
    const key = ruleOf(rulesShowCommand, args);
    await using client = await openClient(args, context);
    const rule = await askRule(client, key);
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(rule, undefined, 2)}\n`);
    else if (flagOption(args, "file")) await context.terminal.data(fileText(rule.text));
    else await context.terminal.data(printRule(rule, context.now()));
    return 0;
  },
});

/** The file with its lines; signs that would steer a terminal are shown as signs. */
function fileText(text: string): string {
  return `${text.trimEnd().split("\n").map(safeText).join("\n")}\n`;
}

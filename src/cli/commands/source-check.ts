import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printFinding } from "../print/findings.ts";
import { secretOption } from "../secrets.ts";
import { checkRequest, optionsOfKind, readSourceRequest } from "../source-request.ts";

export const sourceCheckCommand: Command = defineCommand({
  name: "source-check",
  summary: "Look whether a source would work, without adding it; ends with 1 when something is not well",
  usage: "KIND",
  options: {
    ...dataOptions,
    secret: secretOption,
    json: { type: "boolean", summary: "Print each finding as a line of JSON" },
  },
  optionsFor: optionsOfKind,
  examples: [
    "trailwarden source check queue --region eu-central-1 \\\n    --queue-url https://sqs.eu-central-1.amazonaws.com/111122223333/trail",
    "trailwarden source check queue --help",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const { request, args: whole } = await readSourceRequest(sourceCheckCommand, args, client, context);
    if (whole.positionals.length > 1) {
      throw new CommandError("A check takes a kind and its settings, and no name", {
        code: "arguments-invalid",
        fault: "user",
        help: "To look at a source that is there already: trailwarden source test NAME",
      });
    }
    let isGood = true;
    for await (const finding of checkRequest(client, request)) {
      isGood &&= finding.isGood;
      const lines = flagOption(whole, "json") ? [JSON.stringify(finding)] : printFinding(finding);
      await context.terminal.data(`${lines.join("\n")}\n`);
    }
    return isGood ? 0 : 1;
  },
});

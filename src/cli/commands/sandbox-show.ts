import { defineCommand, flagOption, textOption } from "../command.ts";
import { printEnvironment } from "../print/sandbox-environment.ts";
import { findSandbox, sandboxOptions } from "../sandbox-control.ts";

export const sandboxShowCommand = defineCommand({
  name: "sandbox-show",
  summary: "Print the environment of a running sandbox for AWS's tools",
  usage: "",
  options: {
    ...sandboxOptions,
    account: { type: "string", value: "ID", summary: "The account to be in (default the first)" },
    json: { type: "boolean", summary: "All accounts and keys, as one line of JSON" },
  },
  examples: ["trailwarden sandbox show", "trailwarden sandbox show --account 444455556666"],
  async run(args, context) {
    const file = await findSandbox(args, context);
    const isJson = flagOption(args, "json");
    await context.terminal.data(
      isJson ? `${JSON.stringify(file)}\n` : printEnvironment(file, textOption(args, "account")),
    );
    return 0;
  },
});

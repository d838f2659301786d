import type { SourceAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { plural } from "../print/figures.ts";
import { nameOf } from "../source-request.ts";

export const sourceRemoveCommand: Command = defineCommand({
  name: "source-remove",
  summary: "Remove a source with its settings and secrets; its events and its ledger stay",
  usage: "NAME",
  options: { ...dataOptions, yes: { type: "boolean", summary: "Even if messages that were set aside go with it" } },
  examples: ["trailwarden source remove prod"],
  async run(args, context) {
    const name = nameOf(sourceRemoveCommand, args);
    await using client = await openClient(args, context);
    const source = client.api.collect.sources[":name"];
    const { setAside } = (await (await client.ok(source.$get({ param: { name } }))).json()) as SourceAnswer;
    if (setAside > 0 && !flagOption(args, "yes")) {
      throw new CommandError(`${plural(setAside, "message")} of the source ${name} would be gone with it`, {
        code: "arguments-invalid",
        fault: "user",
        help: `See them with trailwarden source aside ${name}, or say --yes`,
      });
    }
    await client.ok(source.$delete({ param: { name } }));
    context.terminal.talk(`${name} is removed; its events and its ledger stay`);
    return 0;
  },
});

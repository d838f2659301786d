import type { FilterAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { CommandError } from "../errors.ts";
import { safeText } from "../print/safe-text.ts";

export const filterAddCommand = defineCommand({
  name: "filter-add",
  summary: "Drop events that answer a query before they are stored, from now on; they are counted",
  usage: "NAME QUERY…",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print the filter as JSON" } },
  examples: ["trailwarden filter add decrypts 'service:kms eventName:Decrypt userIdentity.invokedBy:*'"],
  async run(args, context) {
    const [name, ...words] = args.positionals;
    if (name === undefined || words.length === 0) {
      throw new CommandError(name === undefined ? "Say what the filter is called" : "Say which events it drops", {
        code: "arguments-invalid",
        fault: "user",
        help: "Write trailwarden filter add NAME QUERY; try the query with trailwarden search first",
      });
    }
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.collect.filters.$post({ json: { name, query: words.join(" ") } }));
    const filter = (await response.json()) as FilterAnswer;
    await context.terminal.data(
      flagOption(args, "json")
        ? `${JSON.stringify(filter, undefined, 2)}\n`
        : `${filter.name}  ${safeText(filter.query)}\n`,
    );
    context.terminal.talk("What it drops is gone for search, for rules and for evidence; only its count is kept");
    return 0;
  },
});

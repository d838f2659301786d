import type { ValueListAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { plural } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { printTable } from "../print/table.ts";
import { invalid } from "../rule-request.ts";

export const rulesValuesCommand = defineCommand({
  name: "rules-values",
  summary: "Lists of values for the placeholders of rules, such as %Administrators%; with values, keeps one",
  usage: "[NAME VALUE…]",
  options: {
    ...dataOptions,
    remove: { type: "boolean", summary: "Remove the list instead" },
    json: { type: "boolean", summary: "Print as JSON, one list a line" },
  },
  examples: ["trailwarden rules values", "trailwarden rules values Administrators alice bob"],
  async run(args, context) {
    const [name, ...values] = args.positionals;
    const isRemoved = flagOption(args, "remove");
    await using client = await openClient(args, context);
    if (name !== undefined) {
      if (!isRemoved && values.length === 0) {
        throw invalid(`Say which values ${name} has`, "Name them behind it, or give --remove");
      }
      const json = { values: isRemoved ? [] : values };
      await client.ok(client.api.detect.values[":name"].$put({ param: { name: encodeURIComponent(name) }, json }));
      const what = isRemoved ? "is gone" : `has ${plural(values.length, "value")}`;
      context.terminal.talk(`${safeText(name)} ${what}`);
      return 0;
    }
    const response = await client.ok(client.api.detect.values.$get());
    const lists = ((await response.json()) as { readonly values: ValueListAnswer[] }).values;
    if (flagOption(args, "json")) {
      for (const list of lists) await context.terminal.data(`${JSON.stringify(list)}\n`);
    } else if (lists.length === 0) context.terminal.talk("There are none");
    else {
      const rows = lists.map((list) => [list.name, list.values.join(", ")]);
      await context.terminal.data(printTable(["name", "values"], rows, context.terminal.columns));
    }
    return 0;
  },
});

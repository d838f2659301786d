import type { KindAnswer, SourceAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printSource } from "../print/sources.ts";
import { nameOf, sayWhoCollects } from "../source-request.ts";

export const sourceShowCommand: Command = defineCommand({
  name: "source-show",
  summary: "Everything about one source: settings, figures, ledger, the rights that it needs",
  usage: "NAME",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden source show prod", "trailwarden source show prod --json | jq .figures"],
  async run(args, context) {
    const name = nameOf(sourceShowCommand, args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.collect.sources[":name"].$get({ param: { name } }));
    const source = (await response.json()) as SourceAnswer;
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify(source, undefined, 2)}\n`);
      return 0;
    }
    const { kinds } = (await (await client.ok(client.api.collect.kinds.$get())).json()) as { kinds: KindAnswer[] };
    const kind = kinds.find(({ type }) => type === source.type);
    sayWhoCollects(client, context);
    await context.terminal.data(printSource(source, kind, context.now()));
    return 0;
  },
});

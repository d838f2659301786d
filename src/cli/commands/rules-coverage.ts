import type { CoverageAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printCoverage } from "../print/rules.ts";

export const rulesCoverageCommand = defineCommand({
  name: "rules-coverage",
  summary: "ATT&CK's tactics and techniques, with how many rules see them and how many cannot fire",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON, with the rules' keys" } },
  examples: [
    "trailwarden rules coverage",
    "trailwarden rules coverage --json | jq '.tactics[].techniques[] | select(.rules == [])'",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.detect.coverage.$get());
    const { coverage } = (await response.json()) as { readonly coverage: CoverageAnswer };
    await context.terminal.data(
      flagOption(args, "json") ? `${JSON.stringify(coverage, undefined, 2)}\n` : printCoverage(coverage),
    );
    return 0;
  },
});

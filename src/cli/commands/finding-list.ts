import type { FindingAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, givenOptions } from "../command.ts";
import { printList } from "../paged.ts";
import { printFoundList } from "../print/incidents.ts";

export const findingListCommand = defineCommand({
  name: "finding-list",
  summary: "What rules have found, the newest first, whether or not it became an incident",
  usage: "",
  options: {
    ...dataOptions,
    rule: { type: "string", value: "RULE", summary: "Of the rule with this key" },
    account: { type: "string", value: "ID", summary: "In this account; dashes and spaces may stay" },
    actor: { type: "string", value: "ARN", summary: "Of this actor" },
    severity: {
      type: "string",
      value: "LEVELS",
      summary: "informational, low, medium, high, critical, several with commas",
    },
    from: {
      type: "string",
      value: "TIME",
      summary: "With events from then on: 2026-01-02, 2026-01-02T03:00:00Z or now-7d",
    },
    to: { type: "string", value: "TIME", summary: "With events before then" },
    staged: { type: "boolean", summary: "Those of rules that are tried out, alone" },
    limit: { type: "string", short: "n", value: "N", summary: "At most so many (default 50, 0 for all)" },
    json: { type: "boolean", summary: "Print as JSON, one finding a line" },
  },
  examples: [
    "trailwarden finding list --from now-1d",
    "trailwarden finding list --staged --json | jq -r .rule | sort | uniq -c",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const given = givenOptions(args, ["rule", "account", "actor", "severity", "from", "to"]);
    const asked = { ...given, ...(flagOption(args, "staged") ? { staged: "true" as const } : {}) };
    await printList(args, context, {
      async ask(page) {
        const response = await client.ok(client.api.detect.findings.$get({ query: { ...asked, ...page } }));
        const { findings, next } = (await response.json()) as { findings: FindingAnswer[]; next: string | null };
        return { items: findings, next };
      },
      print: (findings) => printFoundList(findings, context.terminal.columns),
      none: "Nothing was found",
    });
    return 0;
  },
});

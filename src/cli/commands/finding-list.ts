import type { FindingAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { givenOptions } from "../incident-request.ts";
import { limitOf } from "../limit-option.ts";
import { pagesOf } from "../paged.ts";
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
    const limit = limitOf(args) || Infinity;
    const findings: FindingAnswer[] = [];
    const pages = pagesOf(limit, async (after, atOnce) => {
      const query = { ...asked, limit: String(atOnce), ...(after === undefined ? {} : { after }) };
      const response = await client.ok(client.api.detect.findings.$get({ query }));
      const { findings: items, next } = (await response.json()) as { findings: FindingAnswer[]; next: string | null };
      return { items, next };
    });
    for await (const page of pages) findings.push(...page);
    if (flagOption(args, "json")) {
      for (const finding of findings) await context.terminal.data(`${JSON.stringify(finding)}\n`);
    } else if (findings.length > 0) await context.terminal.data(printFoundList(findings, context.terminal.columns));
    if (findings.length === 0) context.terminal.talk("Nothing was found");
    if (findings.length === limit) context.terminal.talk(`The first ${limit}; --limit 0 prints all`);
    return 0;
  },
});

import type { IncidentAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, givenOptions } from "../command.ts";
import { printList } from "../paged.ts";
import { printIncidents } from "../print/incidents.ts";

export const incidentListCommand = defineCommand({
  name: "incident-list",
  summary: "Incidents, those with the newest events first; ends with 1 when there are any",
  usage: "",
  options: {
    ...dataOptions,
    state: {
      type: "string",
      value: "STATES",
      summary: "new, triaged, contained or closed, several with commas (default: not closed)",
    },
    severity: {
      type: "string",
      value: "LEVELS",
      summary: "informational, low, medium, high, critical, several with commas",
    },
    account: { type: "string", value: "ID", summary: "Of this account; dashes and spaces may stay" },
    owner: { type: "string", value: "NAME", summary: "Of this person" },
    key: { type: "string", value: "KEY", summary: "About this: actor:ARN, key:AKIA…, resource:ARN, ip:ADDRESS" },
    from: {
      type: "string",
      value: "TIME",
      summary: "With events from then on: 2026-01-02, 2026-01-02T03:00:00Z or now-7d",
    },
    to: { type: "string", value: "TIME", summary: "With events before then" },
    limit: { type: "string", short: "n", value: "N", summary: "At most so many (default 50, 0 for all)" },
    json: { type: "boolean", summary: "Print as JSON, one incident a line" },
  },
  examples: [
    "trailwarden incident list",
    "trailwarden incident list --severity high,critical --from now-7d --json | jq .title",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const asked = {
      state: "new,triaged,contained",
      ...givenOptions(args, ["state", "severity", "account", "owner", "key", "from", "to"]),
    };
    const count = await printList(args, context, {
      async ask(page) {
        const response = await client.ok(client.api.incidents.$get({ query: { ...asked, ...page } }));
        const { incidents, next } = (await response.json()) as { incidents: IncidentAnswer[]; next: string | null };
        return { items: incidents, next };
      },
      print: (incidents) => printIncidents(incidents, context.now(), context.terminal.columns),
      none: "There are none",
    });
    return count > 0 ? 1 : 0;
  },
});

import type { IncidentAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { givenOptions } from "../incident-request.ts";
import { limitOf } from "../limit-option.ts";
import { pagesOf } from "../paged.ts";
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
    const limit = limitOf(args) || Infinity;
    const incidents: IncidentAnswer[] = [];
    const pages = pagesOf(limit, async (after, atOnce) => {
      const query = { ...asked, limit: String(atOnce), ...(after === undefined ? {} : { after }) };
      const response = await client.ok(client.api.incidents.$get({ query }));
      const { incidents: items, next } = (await response.json()) as {
        incidents: IncidentAnswer[];
        next: string | null;
      };
      return { items, next };
    });
    for await (const page of pages) incidents.push(...page);
    if (flagOption(args, "json")) {
      for (const incident of incidents) await context.terminal.data(`${JSON.stringify(incident)}\n`);
    } else if (incidents.length > 0) {
      await context.terminal.data(printIncidents(incidents, context.now(), context.terminal.columns));
    }
    if (incidents.length === 0) context.terminal.talk("There are none");
    if (incidents.length === limit) context.terminal.talk(`The first ${limit}; --limit 0 prints all`);
    return incidents.length > 0 ? 1 : 0;
  },
});

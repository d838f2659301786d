import type { RouteAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { printTable } from "../print/table.ts";

const whenMax = 200;

export const notifyRoutesCommand = defineCommand({
  name: "notify-routes",
  summary: "Who is told of what, and when",
  usage: "",
  options: { ...dataOptions, json: { type: "boolean", summary: "Print as JSON" } },
  examples: ["trailwarden notify routes"],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.notify.routes.$get());
    const { routes } = (await response.json()) as { routes: RouteAnswer[] };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify({ routes }, undefined, 2)}\n`);
    else if (routes.length === 0) {
      context.terminal.talk("There are no routes: nobody is told of anything. See trailwarden notify route add --help");
    } else {
      const rows = routes.map((route) => [
        route.name,
        route.channels.join(", "),
        `${route.severity} or worse`,
        aboutOf(route),
        whenOf(route),
      ]);
      const header = ["name", "channels", "severity", "about", "when"];
      await context.terminal.data(printTable(header, rows, context.terminal.columns, whenMax));
    }
    return 0;
  },
});

function aboutOf({ kinds, accountIds, rules }: RouteAnswer): string {
  const parts = [
    kinds.join(", "),
    accountIds.length === 0 ? "" : `accounts ${accountIds.join(", ")}`,
    rules.length === 0 ? "" : `rules ${rules.join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join("; ") || "everything";
}

function whenOf({ isOn, digestAt, schedule, quietSeverity }: RouteAnswer): string {
  if (!isOn) return "off";
  const zone = schedule?.timeZone ?? "UTC";
  if (digestAt.length > 0) return `together at ${digestAt.join(", ")} (${zone})`;
  if (schedule === null) return "at once";
  const hours = schedule.hours.map(({ days, from, to }) => `days ${days.join(",")} ${from}-${to}`).join("; ");
  return `${hours} (${zone}); ${quietSeverity} always`;
}

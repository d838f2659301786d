import type { RouteAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { oneName, readRoute, routeOptions } from "../notify-request.ts";

export const notifyRouteAddCommand = defineCommand({
  name: "notify-route-add",
  summary: "Say who is told of what, and when; a route of the same name is replaced",
  usage: "NAME",
  options: { ...dataOptions, ...routeOptions, json: { type: "boolean", summary: "Print the route as JSON" } },
  examples: [
    "trailwarden notify route add night --channel pager --severity critical",
    "trailwarden notify route add office --channel security --severity medium --hours mon-fri/08:00-18:00 \\\n    --zone Europe/Berlin --quiet-severity high --group 5m",
    "trailwarden notify route add daily --channel mail --severity low --digest-at 09:00",
  ],
  async run(args, context) {
    const name = oneName(args, "route", "notify routes");
    const json = readRoute(args);
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.notify.routes[":name"].$put({ param: { name }, json }));
    const { route } = (await response.json()) as { route: RouteAnswer };
    await context.terminal.data(
      flagOption(args, "json")
        ? `${JSON.stringify(route, undefined, 2)}\n`
        : `${route.name}  ${route.channels.join(", ")}\n`,
    );
    return 0;
  },
});

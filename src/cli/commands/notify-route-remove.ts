import { openClient } from "../client.ts";
import { dataOptions, defineCommand } from "../command.ts";
import { oneName } from "../notify-request.ts";

export const notifyRouteRemoveCommand = defineCommand({
  name: "notify-route-remove",
  summary: "Remove a route; what lies in the box already is still told",
  usage: "NAME",
  options: dataOptions,
  examples: ["trailwarden notify route remove office"],
  async run(args, context) {
    const name = oneName(args, "route", "notify routes");
    await using client = await openClient(args, context);
    await client.ok(client.api.notify.routes[":name"].$delete({ param: { name } }));
    context.terminal.talk(`${name} is removed`);
    return 0;
  },
});

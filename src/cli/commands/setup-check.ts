import type { CheckAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command } from "../command.ts";
import { printDrifts } from "../print/setup.ts";
import { safeText } from "../print/safe-text.ts";
import { nameOf } from "../source-request.ts";

export const setupCheckCommand: Command = defineCommand({
  name: "setup-check",
  summary: "Look for drift in a deployment's way, and who made it; ends with 1 when there is any",
  usage: "NAME",
  options: {
    ...dataOptions,
    repair: { type: "boolean", summary: "Mend what may be mended without a yes" },
    agree: { type: "boolean", summary: "Say that the way is right as it is now" },
    json: { type: "boolean", summary: "Print as JSON" },
  },
  examples: ["trailwarden setup check prod", "trailwarden setup check prod --repair"],
  async run(args, context) {
    const name = nameOf(setupCheckCommand, args, "deployment");
    await using client = await openClient(args, context);
    const deployment = client.api.setup.deployments[":name"];
    const repairs = flagOption(args, "repair");
    const response = flagOption(args, "agree")
      ? await client.ok(deployment.agree.$post({ param: { name } }))
      : await client.ok(deployment.check.$post({ param: { name }, json: { repairs } }));
    const answer = (await response.json()) as CheckAnswer;
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(answer, undefined, 2)}\n`);
    else await context.terminal.data(printDrifts(answer));
    for (const { sentence } of answer.wiring.unread) context.terminal.talk(`? ${safeText(sentence)}`);
    if (answer.drifts.length === 0) context.terminal.talk("The way is as it was agreed on");
    else context.terminal.talk(`Mend one with trailwarden setup repair ${name} CHECK`);
    return answer.drifts.length === 0 ? 0 : 1;
  },
});

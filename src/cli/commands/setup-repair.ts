import type { CheckAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, textOption, type Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printDrifts } from "../print/setup.ts";
import { endOfRun, followRun, mayDo } from "../setup-request.ts";

export const setupRepairCommand: Command = defineCommand({
  name: "setup-repair",
  summary: "Mend one drift: shows what would be done, and does it when told to",
  usage: "NAME CHECK",
  options: {
    ...dataOptions,
    about: { type: "string", value: "TEXT", summary: "Which, where the check found several" },
    yes: { type: "boolean", short: "y", summary: "Do it without asking" },
  },
  examples: ["trailwarden setup repair prod bucket-policy-changed"],
  async run(args, context) {
    const [name, check, ...others] = args.positionals;
    if (name === undefined || check === undefined || others.length > 0) throw usage();
    await using client = await openClient(args, context);
    const deployment = client.api.setup.deployments[":name"];
    const response = await client.ok(deployment.check.$post({ param: { name }, json: { repairs: false } }));
    const answer = (await response.json()) as CheckAnswer;
    const about = textOption(args, "about");
    const drifts = answer.drifts.filter((one) => one.check === check && (about === undefined || one.about === about));
    const [drift, ...more] = drifts;
    if (drift === undefined) {
      context.terminal.talk(`${check} finds nothing: the way is as it was agreed on there`);
      return 0;
    }
    await context.terminal.data(printDrifts({ ...answer, drifts }, []));
    if (more.length > 0) throw usage();
    if (drift.plan === null) return 1;
    if (!(await mayDo("Mend it?", args, context))) return 1;
    const json = { check, about: drift.about };
    const run = await followRun(await client.ok(deployment.repair.$post({ param: { name }, json })), context);
    return endOfRun(run, context);
  },
});

function usage(): CommandError {
  return new CommandError("Say which deployment, and which one drift", {
    code: "arguments-invalid",
    fault: "user",
    help: "Write trailwarden setup repair NAME CHECK, with --about where the check found several",
  });
}

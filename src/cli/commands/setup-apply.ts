import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Command } from "../command.ts";
import { plural } from "../print/figures.ts";
import { printBillChange } from "../print/bill.ts";
import { printSetupPlan } from "../print/setup.ts";
import { endOfRun, followRun, mayDo, readPlan, readWish, wishOptions } from "../setup-request.ts";
import { nameOf } from "../source-request.ts";

export const setupApplyCommand: Command = defineCommand({
  name: "setup-apply",
  summary: "Show the plan, and do exactly that when told to; then its log files are collected",
  usage: "NAME",
  options: {
    ...dataOptions,
    ...wishOptions,
    plan: { type: "string", value: "ID", summary: "Only if the plan is still this one" },
    "go-on": { type: "string", value: "RUN", summary: "Go on with a run that stopped, instead of a new plan" },
    yes: { type: "boolean", short: "y", summary: "Do what the plan says" },
    json: { type: "boolean", summary: "Print the run as JSON when it has ended" },
  },
  examples: [
    "trailwarden setup apply prod",
    "trailwarden setup apply prod --yes --plan 1f0c6a2f4b3d5e78",
    "trailwarden setup apply prod --go-on 0199…",
  ],
  async run(args, context) {
    const name = nameOf(setupApplyCommand, args, "deployment");
    await using client = await openClient(args, context);
    const runId = textOption(args, "go-on");
    const response = runId === undefined ? await begin(client) : await resume(client, runId);
    if (response === undefined) return 0;
    if (typeof response === "number") return response;
    const run = await followRun(response, context);
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify({ run }, undefined, 2)}\n`);
    if (run.status === "done" && run.kind === "apply") {
      context.terminal.talk("Its log files are collected from now on: trailwarden source list");
      context.terminal.talk(`Whether the way works is tried now; it is told in trailwarden setup history ${name}`);
    }
    return endOfRun(run, context);

    async function begin(to: Client): Promise<Response | number | undefined> {
      const wish = readWish(args);
      const answer = await readPlan(to, name, wish);
      const { id, steps, obstacles } = answer.plan;
      context.terminal.talk(`${printSetupPlan(answer)}\n${printBillChange(answer.bill)}`);
      if (obstacles.length > 0) return 1;
      const wanted = textOption(args, "plan");
      if (wanted !== undefined && wanted !== id) {
        context.terminal.talk(
          `The plan ${wanted} would do something else than what is to be done now: read the new one`,
        );
        return 1;
      }
      const question = steps.length === 0 ? "Collect its log files?" : `Make ${plural(steps.length, "change")}?`;
      if (!(await mayDo(question, args, context))) return undefined;
      const json = { ...wish, planId: id };
      return await to.ok(to.api.setup.deployments[":name"].apply.$post({ param: { name }, json }));
    }
  },
});

function resume(client: Client, id: string): Promise<Response> {
  return client.ok(client.api.setup.runs[":id"]["go-on"].$post({ param: { id } }));
}

import type { RunAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption, textOption, type Command } from "../command.ts";
import { plural } from "../print/figures.ts";
import { safeText } from "../print/safe-text.ts";
import { endOfRun, followRun, mayDo } from "../setup-request.ts";
import { nameOf } from "../source-request.ts";

export const setupUndoCommand: Command = defineCommand({
  name: "setup-undo",
  summary: "Take back what the last apply did, setting by setting; what somebody changed since is left and named",
  usage: "NAME",
  options: {
    ...dataOptions,
    run: { type: "string", value: "RUN", summary: "Take back this run (default the last that was applied)" },
    "with-log-files": {
      type: "boolean",
      summary: "Delete the log files in a bucket that was made; they cannot be had back",
    },
    yes: { type: "boolean", short: "y", summary: "Do it without asking" },
  },
  examples: ["trailwarden setup undo prod", "trailwarden setup undo prod --with-log-files"],
  async run(args, context) {
    const name = nameOf(setupUndoCommand, args, "deployment");
    await using client = await openClient(args, context);
    const deployment = client.api.setup.deployments[":name"];
    const { runs } = (await (await client.ok(deployment.runs.$get({ param: { name } }))).json()) as {
      runs: RunAnswer[];
    };
    const wanted = textOption(args, "run");
    const run = runs.find((one) => (wanted === undefined ? isToTakeBack(one) : one.id === wanted));
    if (run === undefined) {
      context.terminal.talk(
        wanted === undefined ? "Nothing was applied that could be taken back" : `There is no run ${safeText(wanted)}`,
      );
      return 2;
    }
    const done = run.steps.filter(({ status }) => status !== "waiting" && status !== "undone");
    for (const { step } of done.toReversed()) context.terminal.talk(`${safeText(step.what)}: ${safeText(step.undo)}`);
    if (!(await mayDo(`Take back ${plural(done.length, "change")} of ${run.startedAt}?`, args, context))) return 0;
    const json = { withLogFiles: flagOption(args, "with-log-files") };
    const response = await client.ok(client.api.setup.runs[":id"].undo.$post({ param: { id: run.id }, json }));
    const ended = await followRun(response, context);
    const code = endOfRun(ended, context);
    return code === 0 && ended.steps.some(({ status }) => status === "left") ? 1 : code;
  },
});

/** What an undo left, such as a bucket with log files, can still be taken back. */
function isToTakeBack({ kind, status, steps }: RunAnswer): boolean {
  return kind === "apply" && (status !== "undone" || steps.some((step) => step.status === "left"));
}

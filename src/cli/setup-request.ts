import type { PlanAnswer, RunAnswer, RunMessage } from "../server/index.ts";
import { problemError, readLines, type Client } from "./client.ts";
import { flagOption, textOption, type Arguments, type CommandContext, type CommandOption } from "./command.ts";
import { printRunStep } from "./print/setup.ts";
import { openQuestions } from "./questions.ts";
import { serverGone } from "./source-request.ts";

/** What may be asked of a plan. */
export const wishOptions = {
  trail: { type: "string", value: "NAME", summary: "Use this trail, by name or ARN, instead of choosing" },
  region: { type: "string", value: "REGION", summary: "Where what is made lies (default the deployment's)" },
  "no-create": { type: "boolean", summary: "Make no trail: say how to, when there is none" },
  "paid-copy": { type: "boolean", summary: "Make a trail although another records the same events: each is paid for" },
  organization: { type: "boolean", summary: "Make an organization's trail, where there is none" },
  key: { type: "string", value: "ARN", summary: "KMS key for a trail that is made" },
} as const satisfies Record<string, CommandOption>;

export type Wish = Parameters<Client["api"]["setup"]["deployments"][":name"]["plan"]["$post"]>[0]["json"];

export function readWish(args: Arguments): Wish {
  const [trail, region, keyArn] = [textOption(args, "trail"), textOption(args, "region"), textOption(args, "key")];
  return {
    ...(trail === undefined ? {} : { trail }),
    ...(region === undefined ? {} : { region }),
    ...(keyArn === undefined ? {} : { keyArn }),
    ...(flagOption(args, "no-create") ? { createsTrail: false } : {}),
    ...(flagOption(args, "paid-copy") ? { allowsPaidCopy: true } : {}),
    ...(flagOption(args, "organization") ? { forOrganization: true } : {}),
  };
}

export async function readPlan(client: Client, name: string, wish: Wish): Promise<PlanAnswer> {
  const deployment = client.api.setup.deployments[":name"];
  const response = await client.ok(deployment.plan.$post({ param: { name }, json: wish }));
  return (await response.json()) as PlanAnswer;
}

/** Says what becomes of each step as it goes; gives the run as it ended. */
export async function followRun(response: Response, context: CommandContext): Promise<RunAnswer> {
  const told = new Set<string>();
  for await (const message of readLines<RunMessage>(response)) {
    if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
    for (const step of message.run.steps) {
      const lines = printRunStep(step);
      const key = `${step.step.id} ${step.status} ${step.problem}`;
      if (lines.length === 0 || told.has(key)) continue;
      told.add(key);
      for (const line of lines) context.terminal.talk(line);
    }
    if (message.kind === "done") return message.run;
  }
  throw serverGone();
}

/** How a command ends whose run ended so: 3 where AWS refused. */
export function endOfRun(run: RunAnswer, context: CommandContext): number {
  if (run.status !== "stopped") return 0;
  context.terminal.talk(`It stopped; go on with trailwarden setup apply ${run.deployment} --go-on ${run.id}`);
  context.terminal.talk(`or take it back with trailwarden setup undo ${run.deployment} --run ${run.id}`);
  return 3;
}

/** A yes given beforehand, or now by a person. */
export async function mayDo(question: string, args: Arguments, context: CommandContext): Promise<boolean> {
  if (flagOption(args, "yes")) return true;
  using questions = openQuestions(context.signal);
  const answer = questions.isPerson ? await questions.ask(`\n${question} (yes/no) `) : undefined;
  if (/^y(es)?$/i.test(answer?.trim() ?? "")) return true;
  context.terminal.talk("Nothing was done; with --yes it is");
  return false;
}

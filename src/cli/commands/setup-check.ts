import type { CheckAnswer, DeploymentAnswer, HistoryAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command, type CommandContext } from "../command.ts";
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
    const at = client.api.setup.deployments[":name"];
    const { deployment } = (await (await client.ok(at.$get({ param: { name } }))).json()) as {
      deployment: DeploymentAnswer;
    };
    const repairs = flagOption(args, "repair");
    const [last] = repairs ? await historyOf(client, name, 1) : [];
    const response = flagOption(args, "agree")
      ? await client.ok(at.agree.$post({ param: { name } }))
      : await client.ok(at.check.$post({ param: { name }, json: { repairs } }));
    const answer = (await response.json()) as CheckAnswer;
    if (repairs) tellMended(await historyOf(client, name, 100), last, context);
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(answer, undefined, 2)}\n`);
    else await context.terminal.data(printDrifts(answer, deployment.automatic));
    for (const { sentence } of answer.wiring.unread) context.terminal.talk(`? ${safeText(sentence)}`);
    context.terminal.talk(whatNow(answer, deployment));
    return answer.drifts.length === 0 ? 0 : 1;
  },
});

/** Newest first. */
async function historyOf(client: Client, name: string, limit: number): Promise<readonly HistoryAnswer[]> {
  const query = { limit: String(limit) };
  const response = await client.ok(client.api.setup.deployments[":name"].history.$get({ param: { name }, query }));
  return ((await response.json()) as { history: HistoryAnswer[] }).history;
}

/** What became of repairs since an entry of the history. */
function tellMended(
  history: readonly HistoryAnswer[],
  since: HistoryAnswer | undefined,
  { terminal }: CommandContext,
): void {
  const end = history.findIndex(({ id }) => id === since?.id);
  for (const { kind, check, sentence } of history.slice(0, end === -1 ? undefined : end).toReversed()) {
    if (kind === "repaired" || kind === "failed") {
      terminal.talk(`${kind === "repaired" ? "✓" : "✗"} ${safeText(check)}: ${safeText(sentence)}`);
    }
  }
}

function whatNow({ drifts }: CheckAnswer, { name, depth }: DeploymentAnswer): string {
  if (drifts.length === 0) return "The way is as it was agreed on";
  if (drifts.every(({ plan }) => plan === null)) return "What the help says is a person's to do";
  return depth === "look"
    ? `It only looks; how to do it by hand: trailwarden setup plan ${name} --by-hand`
    : `Mend one with trailwarden setup repair ${name} CHECK`;
}

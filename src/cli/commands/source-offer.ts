import type { KindAnswer, OfferAnswer, OfferMessage, SourceAnswer } from "../../server/index.ts";
import { openClient, problemError, readLines, type Client } from "../client.ts";
import {
  dataOptions,
  defineCommand,
  flagOption,
  listOption,
  textOption,
  type Arguments,
  type CommandContext,
} from "../command.ts";
import { printApplied, printInstructions, printPlan } from "../print/offer.ts";
import { printStatus } from "../print/sources.ts";
import { openQuestions } from "../questions.ts";
import { readSecrets, secretOption } from "../secrets.ts";
import { sayWhoCollects, serverGone } from "../source-request.ts";

export const sourceOfferCommand = defineCommand({
  name: "source-offer",
  summary: "Offer a bucket that trails of other accounts deliver into: shows the plan, and makes it when told to",
  usage: "",
  options: {
    ...dataOptions,
    account: {
      type: "string",
      value: "ID",
      isRepeated: true,
      summary: "Account whose trails may deliver; may be given more than once",
    },
    organization: { type: "string", value: "ID", summary: "Organization whose trail may deliver" },
    "management-account": { type: "string", value: "ID", summary: "That organization's management account" },
    region: { type: "string", value: "REGION", summary: "Region of the bucket; needed" },
    bucket: { type: "string", value: "NAME", summary: "Its name (default trailwarden-logs-<account>-<region>)" },
    prefix: { type: "string", value: "PREFIX", summary: "What stands before AWSLogs in it" },
    name: { type: "string", value: "NAME", summary: "Also add a source of this name that reads it" },
    "by-hand": { type: "string", value: "ACCOUNT", summary: "Only name it: somebody makes it by hand in this account" },
    "role-arn": {
      type: "string",
      value: "ARN",
      summary: "Role that makes it; without one, the credentials of this machine",
    },
    "external-id": { type: "string", value: "ID", summary: "External ID that the role's trust asks for" },
    endpoint: { type: "string", value: "URL", summary: "Where AWS is, when not at AWS" },
    secret: secretOption,
    yes: { type: "boolean", short: "y", summary: "Do what the plan says" },
    json: { type: "boolean", summary: "Print the plan and the instructions as JSON, and do nothing" },
  },
  examples: [
    "trailwarden source offer --account 1111-2222-3333 --region eu-central-1",
    "trailwarden source offer --account 111122223333 --region eu-central-1 --name customer --yes",
    "trailwarden source offer --organization o-exampleorgid --management-account 111122223333 \\\n    --region eu-central-1 --by-hand 444455556666",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const isByHand = textOption(args, "by-hand") !== undefined;
    const asked = await readAsk(client, args, context);
    const response = await client.ok(
      client.api.collect.offers.$post({ json: { ...asked, ...given(args, { ownerAccountId: "by-hand" }) } }),
    );
    const offer = (await response.json()) as OfferAnswer;
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify(offer, undefined, 2)}\n`);
      return 0;
    }
    await context.terminal.data(printPlan(offer));
    const name = textOption(args, "name");
    if (!isByHand && !(await mayApply(offer, args, context))) return 0;
    if (!isByHand) {
      const code = await apply(client, asked, offer.plan.id, context);
      if (code !== 0) return code;
    }
    if (name !== undefined) await addSource(client, name, asked, offer, context);
    await context.terminal.data(`\n${printInstructions(offer, name)}`);
    return 0;
  },
});

interface Ask {
  readonly request: Record<string, unknown>;
  readonly access: Record<string, string>;
  readonly secrets: Record<string, string>;
}

async function readAsk(client: Client, args: Arguments, context: CommandContext): Promise<Ask> {
  const { kinds } = (await (await client.ok(client.api.collect.kinds.$get())).json()) as { kinds: KindAnswer[] };
  const kind = kinds.find(({ type }) => type === "bucket") ?? { type: "bucket", secrets: [] };
  const accountIds = [...listOption(args, "account")];
  const rest = given(args, {
    organizationId: "organization",
    managementAccountId: "management-account",
    region: "region",
    bucketName: "bucket",
    prefix: "prefix",
  });
  return {
    request: { accountIds, ...rest },
    access: given(args, { roleArn: "role-arn", externalId: "external-id", endpoint: "endpoint" }),
    secrets: await readSecrets(kind, args, context),
  };
}

/** The options that were given, under the names that the API has for them. */
function given(args: Arguments, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, option]) => {
      const text = textOption(args, option);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

async function mayApply({ plan }: OfferAnswer, args: Arguments, context: CommandContext): Promise<boolean> {
  if (flagOption(args, "yes") || plan.steps.every(({ isDone }) => isDone)) return true;
  using questions = openQuestions(context.signal);
  const answer = questions.isPerson ? await questions.ask("\nDo all of this? (yes/no) ") : undefined;
  if (/^y(es)?$/i.test(answer?.trim() ?? "")) return true;
  context.terminal.talk("Nothing was done; with --yes it is");
  return false;
}

async function apply(client: Client, asked: Ask, planId: string, context: CommandContext): Promise<number> {
  const response = await client.ok(client.api.collect.offers.apply.$post({ json: { ...asked, planId } }));
  for await (const message of readLines<OfferMessage>(response)) {
    if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
    if (message.kind === "done") return 0;
    for (const line of printApplied(message)) context.terminal.talk(line);
    if (message.step.kind === "refused") return 3;
    if (message.step.kind === "changed meanwhile") return 1;
  }
  throw serverGone();
}

/** It turns Online by itself with the first log file. */
async function addSource(
  client: Client,
  name: string,
  { access, secrets }: Ask,
  { source }: OfferAnswer,
  context: CommandContext,
): Promise<void> {
  const { prefix, ...place } = source;
  const settings = { ...place, ...(prefix === "" ? {} : { prefix }), ...access };
  const response = await client.ok(
    client.api.collect.sources.$post({ json: { name, type: "bucket", settings, secrets } }),
  );
  const added = ((await response.json()) as { source: SourceAnswer }).source;
  context.terminal.talk(`✓ source ${added.name}: ${printStatus(added.status)}`);
  sayWhoCollects(client, context);
}

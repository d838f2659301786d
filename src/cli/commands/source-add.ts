import type { Finding } from "../../collect/index.ts";
import type { SourceAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type Command, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printFinding } from "../print/findings.ts";
import { safeText } from "../print/safe-text.ts";
import { printStatus } from "../print/sources.ts";
import { secretOption } from "../secrets.ts";
import {
  checkRequest,
  optionsOfKind,
  readSourceRequest,
  sayWhoCollects,
  type SourceRequest,
} from "../source-request.ts";

export const sourceAddCommand: Command = defineCommand({
  name: "source-add",
  summary: "Add a source of log files; it is looked at first, and collects at once",
  usage: "KIND NAME",
  options: {
    ...dataOptions,
    secret: secretOption,
    force: { type: "boolean", summary: "Add it even where something is not well yet" },
    json: { type: "boolean", summary: "Print the source as JSON" },
  },
  optionsFor: optionsOfKind,
  examples: [
    "trailwarden source add queue prod --region eu-central-1 \\\n    --queue-url https://sqs.eu-central-1.amazonaws.com/111122223333/trail",
    "trailwarden source add queue prod --help",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const { request, args: whole } = await readSourceRequest(sourceAddCommand, args, client, context);
    const name = readName(whole.positionals, request.type);
    const bad = await check(client, request, context);
    if (bad !== undefined && !flagOption(whole, "force")) {
      context.terminal.talk("It was not added: mend what is not well, or add it as it is with --force");
      return isRefusal(bad) ? 3 : 2;
    }
    const response = await client.ok(client.api.collect.sources.$post({ json: { name, ...request } }));
    const answer = (await response.json()) as Added;
    await context.terminal.data(
      flagOption(whole, "json") ? `${JSON.stringify(answer, undefined, 2)}\n` : printAdded(answer),
    );
    if (Object.keys(answer.shown).length > 0) {
      context.terminal.talk("This is shown once: Trailwarden keeps only what it needs to know it again. Keep it safe");
    }
    if (request.type === "push") context.terminal.talk(howToPost(client.address, name));
    sayWhoCollects(client, context);
    context.terminal.talk("Watch it: trailwarden source list --watch");
    return 0;
  },
});

interface Added {
  readonly source: SourceAnswer;
  readonly shown: Readonly<Record<string, string>>;
}

function readName(positionals: readonly string[], type: string): string {
  const [first, name, ...others] = positionals;
  if (first === type && name !== undefined && others.length === 0) return name;
  throw new CommandError(name === undefined ? "Say what the source is to be called" : "Say a kind and one name", {
    code: "arguments-invalid",
    fault: "user",
    help: `Write trailwarden source add ${type} NAME, with small letters, digits and dashes`,
  });
}

/** Says each finding as it comes; gives the first that stands in the way. */
async function check(client: Client, request: SourceRequest, context: CommandContext): Promise<Finding | undefined> {
  let bad: Finding | undefined;
  for await (const finding of checkRequest(client, request)) {
    for (const line of printFinding(finding)) context.terminal.talk(line);
    // A bucket that is offered, or whose trail is new, is empty at first.
    if (!finding.isGood && finding.code !== "bucket-empty") bad ??= finding;
  }
  return bad;
}

/** What is wrong on our own side; anything else AWS refused, or did not answer. */
const ours: ReadonlySet<string> = new Set([
  ...["queue-empty-bucket-fills", "queue-not-ours", "credentials-missing"],
  ...["folder-missing", "store-full", "object-too-large", "clock-wrong"],
]);

function isRefusal({ code }: Finding): boolean {
  return !ours.has(code);
}

function howToPost(address: string | undefined, name: string): string {
  const url = `${address ?? "http://127.0.0.1:PORT"}/api/v1/collect/push/${name}`;
  return `Post to it: curl --data-binary @FILE -H "Authorization: Bearer $TOKEN" ${url}`;
}

function printAdded({ source, shown }: Added): string {
  return [
    `${source.name}  ${source.type}  ${printStatus(source.status)}\n`,
    ...Object.entries(shown).map(([what, text]) => `${safeText(what)}: ${safeText(text)}\n`),
  ].join("");
}

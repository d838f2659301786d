import type { ChannelAnswer, ChannelKindAnswer, RouteAnswer } from "../../server/index.ts";
import { openClient, type Client } from "../client.ts";
import { dataOptions, defineCommand, flagOption, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { readChannelSettings } from "../notify-request.ts";
import { readSecrets } from "../secrets.ts";

export const notifyChannelAddCommand = defineCommand({
  name: "notify-channel-add",
  summary: "Add a channel through which people are told, or change it; secrets that are not given stay",
  usage: "TYPE NAME",
  options: {
    ...dataOptions,
    set: {
      type: "string",
      value: "KEY=VALUE",
      isRepeated: true,
      summary: "A setting; may be given more than once, as may one that is a list (to=a@example.com)",
    },
    secret: {
      type: "string",
      value: "NAME[=VARIABLE]",
      isRepeated: true,
      summary: "A secret, from that environment variable, else (or with NAME=-) from standard input",
    },
    kinds: { type: "boolean", summary: "Say which types there are, with their settings and secrets" },
    json: { type: "boolean", summary: "Print the channel as JSON" },
  },
  examples: [
    "trailwarden notify channel add slack security --secret url=SLACK_URL",
    "trailwarden notify channel add email ops --set host=smtp.example.com --set username=alarm \\\n    --set from=alarm@example.com --set to=ops@example.com --secret password",
    "trailwarden notify channel add --kinds",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const response = await client.ok(client.api.notify.kinds.$get());
    const { kinds } = (await response.json()) as { kinds: ChannelKindAnswer[] };
    if (flagOption(args, "kinds")) {
      await context.terminal.data(kinds.map(printKind).join("\n"));
      return 0;
    }
    const [type, name, ...others] = args.positionals;
    const kind = kinds.find((one) => one.type === type);
    if (kind === undefined || name === undefined || others.length > 0) throw namesMissing(kinds, kind?.type);
    const settings = readChannelSettings(kind, args);
    const secrets = await readSecrets(kind, args, context, "channel");
    const json = { type: kind.type, settings, ...(Object.keys(secrets).length === 0 ? {} : { secrets }) };
    const put = await client.ok(client.api.notify.channels[":name"].$put({ param: { name }, json }));
    const { channel } = (await put.json()) as { channel: ChannelAnswer };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(channel, undefined, 2)}\n`);
    else await context.terminal.data(`${channel.name}  ${channel.type}\n`);
    context.terminal.talk(`Try it: trailwarden notify test ${channel.name}`);
    await sayWhoIsTold(client, context);
    return 0;
  },
});

/** A channel that no route names is told nothing. */
async function sayWhoIsTold(client: Client, context: CommandContext): Promise<void> {
  const response = await client.ok(client.api.notify.routes.$get());
  const { offered } = (await response.json()) as { offered: RouteAnswer | null };
  if (offered === null) return;
  const channels = offered.channels.map((name) => `--channel ${name}`).join(" ");
  context.terminal.talk("Nobody is told of anything yet. To hear of everything that is high or worse:");
  context.terminal.talk(`  trailwarden notify route add ${offered.name} ${channels} --severity ${offered.severity}`);
}

function printKind({ type, summary, settings, secrets }: ChannelKindAnswer): string {
  const needed = new Set((settings["required"] as readonly string[] | undefined) ?? []);
  const properties = Object.entries((settings["properties"] ?? {}) as Record<string, { description?: string }>);
  return [
    `${type}: ${summary}`,
    ...properties.map(
      ([name, { description = "" }]) => `  --set ${name}=…  ${description}${needed.has(name) ? " (needed)" : ""}`,
    ),
    ...secrets.map(
      ({ name, description, isNeeded }) => `  --secret ${name}  ${description}${isNeeded ? " (needed)" : ""}`,
    ),
    "",
  ].join("\n");
}

function namesMissing(kinds: readonly ChannelKindAnswer[], type: string | undefined): CommandError {
  return new CommandError(type === undefined ? "Say which type of channel" : "Say what the channel is called", {
    code: "arguments-invalid",
    fault: "user",
    help:
      type === undefined
        ? `One of ${kinds.map((kind) => kind.type).join(", ")}; trailwarden notify channel add --kinds says what each takes`
        : `Write trailwarden notify channel add ${type} NAME, with small letters, digits and dashes`,
  });
}

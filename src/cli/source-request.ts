import type { CheckMessage, KindAnswer } from "../server/index.ts";
import { problemError, readLines, type Client } from "./client.ts";
import { spokenName, type Arguments, type Command, type CommandContext, type CommandOption } from "./command.ts";
import { CommandError } from "./errors.ts";
import { readArguments } from "./read-arguments.ts";
import { readSecrets } from "./secrets.ts";
import { readSettings, settingOptions } from "./source-settings.ts";

/** A source as a person describes it on the command line. */
export interface SourceRequest {
  readonly type: string;
  readonly settings: Record<string, unknown>;
  readonly secrets: Record<string, string>;
}

/** For help: the options of the kind that the words name. */
export async function optionsOfKind(words: readonly string[]): Promise<Readonly<Record<string, CommandOption>>> {
  const { knownKinds } = await import("../collect/index.ts");
  const kind = knownKinds().find(({ type }) => words.includes(type));
  return kind === undefined ? {} : settingOptions(kind);
}

/** Reads a command's words with the options of the kind that they name, as the server knows it. */
export async function readSourceRequest(
  command: Command,
  args: Arguments,
  client: Client,
  context: CommandContext,
): Promise<{ readonly request: SourceRequest; readonly args: Arguments }> {
  const response = await client.ok(client.api.collect.kinds.$get());
  const { kinds } = (await response.json()) as { kinds: KindAnswer[] };
  // A value of an option that is not known yet counts as a positional: the kind need not be the first.
  const kind = kinds.find(({ type }) => args.positionals.includes(type));
  if (kind === undefined) throw kindMissing(command, args.positionals[0], kinds);
  const whole = readArguments(command, args.words, settingOptions(kind));
  const settings = readSettings(kind, whole);
  return { request: { type: kind.type, settings, secrets: await readSecrets(kind, whole, context) }, args: whole };
}

/** Looks at what a person asks for; gives each finding as it comes. */
export async function* checkRequest(
  client: Client,
  { type, settings, secrets }: SourceRequest,
): AsyncGenerator<CheckMessage & { readonly kind: "finding" }> {
  const response = await client.ok(client.api.collect.checks.$post({ json: { type, settings, secrets } }));
  for await (const message of readLines<CheckMessage>(response)) {
    if (message.kind === "failed") throw problemError(message.problem, message.problem.status);
    if (message.kind === "done") return;
    yield message;
  }
  throw serverGone();
}

export function serverGone(): CommandError {
  return new CommandError("The server went away in the middle", {
    code: "server-unreachable",
    fault: "user",
    help: "Start it again with trailwarden serve, and ask again",
  });
}

/** The one name that a command is about. */
export function nameOf(
  command: Command,
  args: Arguments,
  what: "deployment" | "finding" | "incident" | "silence" | "source" = "source",
): string {
  const [name, ...others] = args.positionals;
  if (name !== undefined && others.length === 0) return name;
  throw new CommandError(name === undefined ? `Say which ${what}` : `Name one ${what} at a time`, {
    code: "arguments-invalid",
    fault: "user",
    help: `Write trailwarden ${spokenName(command)} NAME; trailwarden ${what} list names them`,
  });
}

/** Without a server nothing collects. */
export function sayWhoCollects(client: Client, context: CommandContext): void {
  if (client.address !== undefined) return;
  context.terminal.talk(
    "No server runs on this data folder: sources begin to collect when one does (trailwarden serve)",
  );
}

function kindMissing(command: Command, given: string | undefined, kinds: readonly KindAnswer[]): CommandError {
  const said = given === undefined ? "Say which kind of source" : `There is no kind of source called ${given}`;
  return new CommandError(said, {
    code: "arguments-invalid",
    fault: "user",
    help: `One of ${kinds.map(({ type }) => type).join(", ")}; trailwarden ${spokenName(command)} queue --help shows what it takes`,
  });
}

import { join, resolve } from "node:path";
import { dataDirectoryOf, defaultDataDirectory, defaultPort, madeUpDataDirectory } from "../../config/index.ts";
import type { RunningServer } from "../../server/index.ts";
import {
  dataOptions,
  defineCommand,
  flagOption,
  stopped,
  textOption,
  type Arguments,
  type CommandContext,
} from "../command.ts";
import { CommandError } from "../errors.ts";
import { publicUrlOf } from "../public-url.ts";

export const serveCommand = defineCommand({
  name: "serve",
  summary: "Open the console and the API on this machine",
  usage: "",
  options: {
    data: dataOptions.data,
    port: {
      type: "string",
      short: "p",
      value: "PORT",
      summary: `Port on 127.0.0.1 (default ${defaultPort}, or the next free one)`,
    },
    "public-url": {
      type: "string",
      value: "URL",
      summary: "Where people elsewhere open the console, for links (default TRAILWARDEN_PUBLIC_URL, or this machine)",
    },
    "geo-country": {
      type: "string",
      value: "FILE",
      summary:
        "Countries of addresses by this .mmdb file (default TRAILWARDEN_GEO_COUNTRY, or the program's own table)",
    },
    "geo-network": {
      type: "string",
      value: "FILE",
      summary: "Owners of networks by this .mmdb file (default TRAILWARDEN_GEO_NETWORK, or the program's own table)",
    },
    "made-up-if-empty": {
      type: "boolean",
      summary: `Without imported events, a made-up company in a made-up AWS, kept apart in ./${madeUpDataDirectory}`,
    },
  },
  examples: [
    "trailwarden serve",
    "trailwarden serve --data /var/lib/trailwarden --port 8080",
    "trailwarden serve --public-url https://trailwarden.example.com/",
  ],
  async run(args, context) {
    const port = readPort(textOption(args, "port"));
    const publicUrl = publicUrlOf(textOption(args, "public-url"), context.environment);
    const place = await choosePlace(args, context);
    if (place.isMadeUp)
      context.terminal.talk("No events are imported yet: showing a made-up company, at work in a made-up AWS");
    const { startServer } = await import("../../server/index.ts");
    await using server = await startServer({
      dataDirectory: place.directory,
      port: port ?? defaultPort,
      searchPort: port === undefined,
      publicUrl,
      addressFiles: {
        country: textOption(args, "geo-country") ?? context.environment.geoCountry,
        network: textOption(args, "geo-network") ?? context.environment.geoNetwork,
      },
      now: context.now,
      // What is made up keeps to its own folder.
      ...(place.isMadeUp ? { madeUp: { program: context.program } } : { stateUrl: context.environment.stateUrl }),
      onFailure: (error) =>
        context.terminal.talk(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
    await sayWhere(server, place.directory, context);
    await stopped(context.signal);
    return 0;
  },
});

/** The address; with the token that lets the console change things only where nobody keeps what is printed. */
async function sayWhere(
  server: RunningServer,
  directory: string,
  { terminal }: Pick<CommandContext, "terminal">,
): Promise<void> {
  const address = terminal.isDataShown ? server.consoleUrl : `${server.url}/`;
  await terminal.data(`Trailwarden is at ${address}\n`);
  terminal.talk(
    terminal.isDataShown
      ? "The part after # lets whoever has it change sources and filters: keep it to yourself"
      : `To change sources and filters in the console, give it the token in ${join(directory, "server.json")}`,
  );
  terminal.talk("Press Ctrl-C to stop");
}

async function choosePlace(
  args: Arguments,
  context: CommandContext,
): Promise<{ directory: string; isMadeUp: boolean }> {
  const directory = dataDirectoryOf(textOption(args, "data"), context.environment);
  const isChosen = textOption(args, "data") !== undefined || context.environment.dataDirectory !== undefined;
  const isMadeUpWanted = flagOption(args, "made-up-if-empty") && !isChosen;
  if (!isMadeUpWanted) return { directory, isMadeUp: false };
  const { holdsEvents } = await import("../../server/index.ts");
  if (await holdsEvents({ dataDirectory: directory, now: context.now })) return { directory, isMadeUp: false };
  return { directory: resolve(directory.slice(0, -defaultDataDirectory.length), madeUpDataDirectory), isMadeUp: true };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandError(`The port ${text} is not a number from 0 to 65535`, {
    code: "arguments-invalid",
    fault: "user",
    help: "Write --port 8080",
  });
}

import { spokenName, type Command } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { exitCodes } from "../../src/cli/run.ts";
import { printMarkdownTable } from "./part.ts";

/** `docs/commands.md`, from the command objects. */
export function commandsPage(): string {
  return [
    "# Commands\n",
    "Made from the commands themselves (`src/cli/commands/`) by `npm run docs`.\n",
    "In a clone, `npx trailwarden …` runs them. What a command answers goes to standard output; what it has to say to",
    "you (progress, hints, errors) goes to standard error. A command that works on a data folder opens it itself, or",
    "asks the server that has it open.\n",
    `A command ends with ${exitCodes.fine} when all is well, ${exitCodes.found} when it looked for what is not well and found some,`,
    `${exitCodes.askedWrongly} when it was asked wrongly or given unreadable data, ${exitCodes.awsRefused} when AWS refused or did not answer,`,
    `${exitCodes.ourFault} when the fault is Trailwarden's own, and 130 when it was stopped.\n`,
    "The environment: `TRAILWARDEN_DATA` names the data folder, `TRAILWARDEN_SERVER` a server to ask,",
    "`TRAILWARDEN_STATE_URL` a Postgres database (`postgres://user:password@host/database`) for sources, ledger, accounts",
    "and filters instead of a file in the data folder, `TRAILWARDEN_PUBLIC_URL` where people elsewhere open the console,",
    "for links in [what they are told](notify.md#links), `TRAILWARDEN_GEO_COUNTRY` and `TRAILWARDEN_GEO_NETWORK` files of",
    "your own that tell [where addresses are](threat-lists.md#country-and-network); `NO_COLOR` is respected. An option goes before its variable.\n",
    ...commands.map(commandPart),
  ].join("\n");
}

function commandPart(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const short = option.short === undefined ? "" : `\`-${option.short}\`, `;
    return [`${short}\`--${name}${option.value === undefined ? "" : ` ${option.value}`}\``, option.summary];
  });
  return [
    `## ${spokenName(command)}\n`,
    `${command.summary}.\n`,
    "```sh",
    `trailwarden ${[spokenName(command), command.usage, "[options]"].filter((part) => part !== "").join(" ")}`,
    "```\n",
    printMarkdownTable(["Option", "Meaning"], options),
    "```sh",
    ...command.examples,
    "```\n",
  ].join("\n");
}

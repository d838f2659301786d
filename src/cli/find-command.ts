import { closest } from "./closest.ts";
import { spokenName, type Command } from "./command.ts";
import { CommandError } from "./errors.ts";

/** A command, and the words behind its name. */
export interface FoundCommand {
  readonly command: Command;
  readonly rest: readonly string[];
}

/** Finds the command that words begin with; where one has dashes, several words do as well. */
export function findCommand(commands: readonly Command[], words: readonly string[]): FoundCommand | undefined {
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join("-");
    const command = words.length < length ? undefined : commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return undefined;
}

/** The commands that begin with a word which is none by itself: `source`. */
export function commandGroup(commands: readonly Command[], word: string | undefined): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${word}-`));
}

/** Throws `command-unknown`, with what was probably meant. */
export function unknownCommand(commands: readonly Command[], [first = "", second]: readonly string[]): never {
  const group = commandGroup(commands, first);
  if (group.length > 0) {
    const near = second === undefined ? undefined : closest(`${first}-${second}`, namesOf(group));
    const all = `There is ${group.map(spokenName).join(", ")}`;
    const said = second === undefined ? `Say what about ${first}` : `There is no command ${first} ${second}`;
    throw commandUnknown(said, near === undefined ? all : `Did you mean ${near.replace("-", " ")}?`);
  }
  const starts = commands.map(({ name }) => name.replace(/-.*/, ""));
  const near = closest(first, [...namesOf(commands), ...starts]);
  throw commandUnknown(
    `There is no command ${first}`,
    near === undefined ? "See trailwarden --help" : `Did you mean ${near.replace("-", " ")}?`,
  );
}

function namesOf(commands: readonly Command[]): readonly string[] {
  return commands.map(({ name }) => name);
}

function commandUnknown(message: string, help: string): CommandError {
  return new CommandError(message, { code: "command-unknown", fault: "user", help });
}

import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { spokenName, type Arguments, type Command } from "./command.ts";
import { CommandError } from "./errors.ts";

/** Reads a command's words. Those of an open command that it does not know are left to the command itself. */
export function readArguments(command: Command, words: readonly string[]): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: toParseOptions(command),
      allowPositionals: true,
      strict: command.isOpen !== true,
    });
    return { words, positionals, values: values as Arguments["values"] };
  } catch (error) {
    throw argumentsInvalid(command, error);
  }
}

/** Reads the words of an open command, when all of its options are known; `--no-x` says no to what is yes by itself. */
export function readAllArguments(command: Command, words: readonly string[]): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: toParseOptions(command),
      allowPositionals: true,
      allowNegative: true,
      strict: true,
    });
    return { words, positionals, values: values as Arguments["values"] };
  } catch (error) {
    throw argumentsInvalid(command, error);
  }
}

function argumentsInvalid(command: Command, error: unknown): CommandError {
  const message = error instanceof Error ? error.message : String(error);
  return new CommandError(message.replace(/\. .*$/s, ""), {
    code: "arguments-invalid",
    fault: "user",
    help: `See trailwarden ${spokenName(command)} --help; put -- before words that begin with a dash`,
  });
}

function toParseOptions(command: Command): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, isRepeated = false }]) => [
      name,
      { type, multiple: isRepeated, ...(short === undefined ? {} : { short }) },
    ]),
  );
}

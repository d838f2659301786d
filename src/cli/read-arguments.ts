import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { closest } from "./closest.ts";
import { spokenName, type Arguments, type Command } from "./command.ts";
import { CommandError } from "./errors.ts";

/**
 * Reads a command's words. Where its options depend on other words, those that it does not know pass until the command
 * reads the words again, with all `options`.
 */
export function readArguments(command: Command, words: readonly string[], options?: Command["options"]): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: toParseOptions({ ...command.options, ...options }),
      allowPositionals: true,
      strict: command.optionsFor === undefined || options !== undefined,
    });
    return { words, positionals, values: values as Arguments["values"] };
  } catch (error) {
    throw argumentsInvalid(command, error, Object.keys({ ...command.options, ...options }));
  }
}

function argumentsInvalid(command: Command, error: unknown, options: readonly string[]): CommandError {
  const message = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '--([^']+)'/.exec(message) ?? [];
  const near = unknown === undefined ? undefined : closest(unknown, options);
  return new CommandError(message.replace(/\.(?:\s.*)?$/s, ""), {
    code: "arguments-invalid",
    fault: "user",
    help:
      near === undefined
        ? `See trailwarden ${spokenName(command)} --help; put -- before words that begin with a dash`
        : `Did you mean --${near}?`,
  });
}

function toParseOptions(options: Command["options"]): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short, isRepeated = false }]) => [
      name,
      { type, multiple: isRepeated, ...(short === undefined ? {} : { short }) },
    ]),
  );
}
